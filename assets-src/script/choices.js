// Tables whose rows may be chosen: one box for all on the page, and a count of those that are.
export function choices() {
  for (const table of document.querySelectorAll("table[data-choices]")) {
    const boxes = [...table.querySelectorAll("tbody .dayaq-choice input")];
    if (boxes.length > 0) {
      connect(table, boxes);
    }
  }
}

function connect(table, boxes) {
  const all = boxForAll(table);
  const form = boxes[0].form;
  const everything = form?.elements.namedItem("all_matching");
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    for (const box of boxes) {
      box.closest("tr").classList.toggle("dayaq-table__row--chosen", box.checked);
    }
    for (const count of form?.querySelectorAll("[data-chosen]") ?? []) {
      count.hidden = chosen === 0 || everything?.checked === true;
      count.querySelector("output").value = String(chosen);
    }
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = all.checked));
    show();
  });
  boxes.forEach((box) => box.addEventListener("change", show));
  everything?.addEventListener("change", show);
  show();
}

function boxForAll(table) {
  const cell = table.querySelector("thead .dayaq-table__choice");
  const label = document.createElement("label");
  label.className = "dayaq-choice";
  const box = document.createElement("input");
  box.type = "checkbox";
  label.append(box, ...cell.childNodes);
  cell.replaceChildren(label);
  return box;
}
