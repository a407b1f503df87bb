// A number leads to what is behind it. With this script the entry opens beside the text, and closing it returns there.
(() => {
  const panel = document.getElementById("panel");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.figure");
    if (!link || !panel.showModal || event.ctrlKey || event.metaKey) return;
    const entry = document.getElementById(link.hash.slice(1));
    if (!entry) return;
    event.preventDefault();
    const copy = entry.cloneNode(true);
    copy.removeAttribute("id");
    panel.querySelector("div").replaceChildren(copy);
    panel.showModal();
  });
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
})();
