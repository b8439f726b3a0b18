"use strict";
(() => {
  const table = document.querySelector("#students table");
  if (!table) return;
  const body = table.tBodies[0], rows = [...body.rows];
  const said = JSON.parse(document.getElementById("data").textContent);
  const heads = [...table.tHead.rows[0].cells];
  const text = (row, column) => row.cells[column].dataset.s ?? row.cells[column].textContent.trim();
  const names = new Intl.Collator(document.documentElement.lang, {numeric: true, sensitivity: "base"});

  const sort = (column, down) => {
    const numbers = heads[column].dataset.kind === "number";
    const keys = new Map(rows.map(row => {
      const key = text(row, column);
      return [row, numbers ? (Number.isNaN(parseFloat(key)) ? -1 : parseFloat(key)) : key];
    }));
    const order = numbers ? (a, b) => keys.get(a) - keys.get(b) : (a, b) => names.compare(keys.get(a), keys.get(b));
    rows.sort((a, b) => down ? order(b, a) : order(a, b));
    body.append(...rows);
    heads.forEach((head, n) => n === column
      ? head.setAttribute("aria-sort", down ? "descending" : "ascending") : head.removeAttribute("aria-sort"));
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(column, now ? now === "ascending" : head.dataset.kind === "number");
    });
  });

  const search = document.getElementById("search"), field = search.querySelector("input");
  const found = search.querySelector("output");
  const plain = value => value.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const texts = new Map(rows.map(row => [row, plain(`${row.cells[0].textContent} ${row.dataset.who}`)]));
  const look = () => {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const fits = wanted.every(word => texts.get(row).includes(word));
      row.hidden = !fits;
      count += fits;
    }
    found.textContent = wanted.length ? said.found.replace("{count}", count).replace("{all}", rows.length) : "";
  };
  field.addEventListener("input", look);
  search.hidden = false;
  if (field.value) look();

  body.addEventListener("mousemove", event => {
    const cell = event.target.closest("td.heat");
    if (!cell) return;
    const exercise = cell.cellIndex - (heads.length - said.checks.length);
    const pattern = said.patterns[Number(cell.className.match(/\bh(\d+)\b/)[1])];
    const box = cell.getBoundingClientRect();
    const at = Math.min(pattern.length - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * pattern.length)));
    const title = `${said.checks[exercise][at]} - ${said.verdicts[pattern[at]]}`;
    if (cell.title !== title) cell.title = title;
  });
  body.addEventListener("click", event => {
    const cell = event.target.closest("td.heat"), link = cell?.parentNode.querySelector("th a");
    if (link) location.assign(`${link.getAttribute("href")}#${cell.dataset.a ?? `e${cell.cellIndex - heads.length + said.checks.length + 1}`}`);
  });
})();
