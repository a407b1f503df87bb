// A table can be reached with the keyboard only where it is too wide for the screen and has to be scrolled.
(() => {
  const tables = [...document.querySelectorAll(".table-scroll[tabindex]")];
  const settle = () => tables.forEach((table) => {
    const wide = table.scrollWidth > table.clientWidth + 1;
    wide ? table.setAttribute("tabindex", "0") : table.removeAttribute("tabindex");
    wide ? table.setAttribute("role", "group") : table.removeAttribute("role");
    const label = table.dataset.label ??= table.getAttribute("aria-label");
    wide ? table.setAttribute("aria-label", label) : table.removeAttribute("aria-label");
  });
  settle();
  addEventListener("resize", settle);
  document.addEventListener("toggle", settle, true);
})();
