// A field lights up the characters that prove it, and characters their fields.
const marks = [...document.querySelectorAll("mark[data-keys]")];
const light = (key, on) => {
  for (const mark of marks) if (mark.dataset.keys.split(" ").includes(key)) mark.classList.toggle("lit", on);
};
for (const field of document.querySelectorAll(".field")) {
  for (const [event, on] of [["mouseenter", true], ["focus", true], ["mouseleave", false], ["blur", false]]) {
    field.addEventListener(event, () => light(field.dataset.key, on));
  }
}
