// What is wider than the page scrolls in its own box: let the keyboard reach it.
addEventListener("load", async () => {
  await window.MathJax?.startup?.promise;
  const boxes = "mjx-container[display], details.answer :is(math[display=block], table, pre)";
  const mark = () => {
    for (const box of document.querySelectorAll(boxes)) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  mark();
  addEventListener("resize", mark);
  addEventListener("toggle", mark, true); // an answer has been opened
});
