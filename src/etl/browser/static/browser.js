// Theme: Airflow keeps its own in localStorage and on <html>; inside its frame the pages follow it.
const root = document.documentElement;
const framed = window.parent !== window;
const follow = () => {
  let theme = "";
  try {
    const outer = window.parent.document.documentElement;
    if (framed) theme = outer.classList.contains("dark") ? "dark" : outer.classList.contains("light") ? "light" : "";
  } catch { /* a frame of another origin tells nothing: the system's preference stands */ }
  if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
};
follow();
if (framed) {
  root.dataset.framed = "";
  try {
    new MutationObserver(follow).observe(window.parent.document.documentElement, { attributeFilter: ["class", "style"] });
  } catch { /* as above */ }
}

// Field and text light each other up, on hover and on focus.
document.addEventListener("DOMContentLoaded", () => {
  const linked = [...document.querySelectorAll("[data-keys]")];
  const keys = (element) => element.dataset.keys.split(" ");
  let lit = [];
  const light = (event) => {
    for (const element of lit) element.classList.remove("lit");
    const from = event.target.closest?.("[data-keys]");
    const wanted = from ? keys(from).slice(-1) : [];
    lit = from ? linked.filter((element) => keys(element).some((key) => wanted.includes(key))) : [];
    for (const element of lit) element.classList.add("lit");
  };
  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, light);

  for (const form of document.querySelectorAll("form[data-auto]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
});
