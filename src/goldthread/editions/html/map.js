// Maps can be enlarged and moved, with buttons, arrow keys or a pointer, and walked through area by area.
(() => {
  const STEP = 1.6, MOST = 16;
  document.querySelectorAll("figure.map").forEach((figure) => {
    const ground = figure.querySelector("[data-pan]");
    if (!ground) return;
    const [wide, tall] = ground.dataset.pan.split(" ").map(Number);
    const areas = [...figure.querySelectorAll("[data-areas] > *")];
    const bar = figure.querySelector("[data-scale]");
    let zoom = 1, x = 0, y = 0, chosen = -1;

    const place = () => {
      x = Math.min(0, Math.max(wide * (1 - zoom), x));
      y = Math.min(0, Math.max(tall * (1 - zoom), y));
      ground.setAttribute("transform", `translate(${x} ${y}) scale(${zoom})`);
      ground.classList.toggle("moved", zoom > 1);
      ground.querySelectorAll("text").forEach((text) => {
        text.style.fontSize = `${12 / zoom}px`;
        text.style.strokeWidth = 3.5 / zoom;
      });
      const metres = bar.dataset.scale / zoom;
      bar.querySelector("text").textContent = metres < 1000 ? `${Math.round(metres)} metres` : `${+(metres / 1000).toFixed(1)} km`;
    };
    const zoomBy = (factor, cx = wide / 2, cy = tall / 2) => {
      const next = Math.min(MOST, Math.max(1, zoom * factor));
      x = cx - (cx - x) * next / zoom;
      y = cy - (cy - y) * next / zoom;
      zoom = next;
      place();
    };
    const move = (dx, dy) => { x += dx * wide / 5; y += dy * tall / 5; place(); };

    const tools = document.createElement("div");
    tools.className = "map-tools";
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Move the map");
    const says = document.createElement("p");
    says.className = "map-says";
    says.setAttribute("role", "status");
    const walk = (by) => {
      if (!areas.length) return;
      areas[chosen]?.removeAttribute("style");
      chosen = (chosen + by + areas.length) % areas.length;
      areas[chosen].style.cssText = "stroke:#000;stroke-width:6";
      areas[chosen].parentNode.append(areas[chosen]);
      if (zoom > 1) {
        const box = areas[chosen].getBBox();
        x = wide / 2 - zoom * (box.x + box.width / 2) / 2;
        y = tall / 2 - zoom * (box.y + box.height / 2) / 2;
        place();
      }
      says.textContent = `${areas[chosen].querySelector("title").textContent} (${chosen + 1} of ${areas.length}, highest first)`;
    };
    const whole = () => { zoom = 1; x = y = 0; place(); };
    [["+", "Zoom in", () => zoomBy(STEP)], ["−", "Zoom out", () => zoomBy(1 / STEP)],
      ["←", "Move left", () => move(1, 0)], ["→", "Move right", () => move(-1, 0)],
      ["↑", "Move up", () => move(0, 1)], ["↓", "Move down", () => move(0, -1)],
      ["Whole map", "", whole], ["Previous area", "", () => walk(-1)], ["Next area", "", () => walk(1)],
    ].forEach(([text, name, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      if (name) { button.setAttribute("aria-label", name); button.title = name; }
      button.addEventListener("click", act);
      tools.append(button);
    });
    const drawing = figure.querySelector(".drawing");
    drawing.before(tools);
    drawing.after(says);

    let held = null;
    const svg = drawing.querySelector("svg");
    const ratio = () => 720 / svg.getBoundingClientRect().width;
    ground.addEventListener("pointerdown", (event) => {
      if (zoom > 1) { held = [event.clientX, event.clientY]; ground.setPointerCapture(event.pointerId); event.preventDefault(); }
    });
    ground.addEventListener("pointermove", (event) => {
      if (!held) return;
      x += (event.clientX - held[0]) * ratio();
      y += (event.clientY - held[1]) * ratio();
      held = [event.clientX, event.clientY];
      place();
    });
    ["pointerup", "pointercancel"].forEach((name) => ground.addEventListener(name, () => { held = null; }));
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      zoomBy(event.deltaY < 0 ? 1.25 : 0.8, (event.clientX - box.left) * ratio(), (event.clientY - box.top) * ratio());
    }, { passive: false });
    ground.addEventListener("dblclick", (event) => {
      const box = svg.getBoundingClientRect();
      zoomBy(STEP, (event.clientX - box.left) * ratio(), (event.clientY - box.top) * ratio());
    });
  });
})();
