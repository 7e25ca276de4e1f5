// The Question: answers are judged by the data of its parts, by the same rules as exercises/kit.py.
import { h, uid } from "./dom.js";
import { createLife } from "./life.js";
import { unseal } from "./seal.js";

const TODO = "To do", PASSED = "Passed", NOT_YET = "Not yet";
const DECIMAL = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?";
const NUMBER = new RegExp(`^(${DECIMAL})(?:/(${DECIMAL}))?(%)?$`);

// The value of "0.25", "1/4", ".25", "-1e-3", "0,25" or "25 %"; null if unreadable.
export function readNumber(text) {
  let t = text.replace(/\s/g, "").replaceAll("\u2212", "-");
  if (!t.includes(".") && t.split(",").length === 2) t = t.replace(",", ".");
  const match = NUMBER.exec(t);
  if (!match) return null;
  const value = Number(match[1]) / Number(match[2] ?? 1) / (match[3] ? 100 : 1);
  return Number.isFinite(value) ? value : null;
}

// Judge what was typed, or the letter chosen, against one part: { state, text }. In what a class
// gets the part is sealed until now.
export function judgePart(drawn, given, slips, messages) {
  const part = drawn.sealed ? unseal(drawn.sealed) : drawn;
  const text = given.trim();
  const not = (why) => ({ state: NOT_YET, text: why });
  if (part.kind === "choice") {
    const option = part.options.find((o) => o.letter === text.toUpperCase());
    if (!option) return { state: TODO, text: messages.unpicked };
    return { state: option.ok ? PASSED : NOT_YET, text: option.why };
  }
  if (!text) return { state: TODO, text: messages.empty };
  const x = readNumber(text);
  if (x === null) return not(messages.unread);
  if (part.accept.some(([v, tol]) => Math.abs(x - v) <= tol)) return { state: PASSED, text: part.right };
  const slip = part.wrong.find(([v, tol]) => Math.abs(x - v) <= tol);
  if (slip) return not(slip[2]);
  const [v, tol] = part.accept[0];
  const usual = slips.find(([factor]) => Math.abs(x - factor * v) <= Math.abs(factor) * tol);
  if (usual) return not(usual[1]);
  return not(Math.abs(x - v) <= part.near ? messages.near : messages.other);
}

// An element with ready HTML inside: the texts come from our own exercises, formulas as MathML.
function rich(tag, attrs, text) {
  const node = h(tag, attrs);
  node.innerHTML = text;
  return node;
}

const MARK = { [PASSED]: "✓", [NOT_YET]: "✗", [TODO]: "…" };

// A place for feedback: an empty live region until say() fills it.
function feedback(id) {
  const node = h("div", { id, class: "nnb-q-say", "aria-live": "polite" });
  function say(verdict) {
    node.dataset.state = verdict?.state ?? "";
    if (!verdict) return node.replaceChildren();
    const mark = h("span", { class: "nnb-q-mark", "aria-hidden": "true" }, MARK[verdict.state]);
    const label = h("strong", { class: "nnb-q-state" }, mark, ` ${verdict.state}`);
    node.replaceChildren(label, ". ", rich("span", {}, verdict.text));
  }
  return { node, say };
}

// One number: a label, a field, its feedback.
function numberPart(part) {
  const [field, said] = [uid(), uid()];
  const input = h("input", {
    id: field, type: "text", autocomplete: "off", spellcheck: "false", autocapitalize: "off",
    enterkeyhint: "done", "aria-describedby": said,
  });
  const { node, say } = feedback(said);
  const label = rich("label", { for: field }, part.label);
  input.setAttribute("aria-label", label.textContent);  // a name also where MathML is not read
  return {
    node: h("div", { class: "nnb-q-field" }, label, input, node),
    answer: () => input.value,
    say(verdict) {
      say(verdict);
      if (verdict?.state === NOT_YET) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
  };
}

// One choice: a group of lettered options, its feedback.
function choicePart(part) {
  const [group, said] = [uid(), uid()];
  const inputs = part.options.map((option) =>
    h("input", { id: uid(), type: "radio", name: group, value: option.letter }));
  const rows = part.options.map((option, i) =>
    h("div", { class: "nnb-q-option" }, inputs[i],
      h("label", { for: inputs[i].id }, h("b", {}, option.letter), rich("span", {}, option.text))));
  const { node, say } = feedback(said);
  const legend = rich("legend", {}, part.label);
  return {
    node: h("fieldset", { class: "nnb-q-choice", "aria-describedby": said }, legend, rows, node),
    answer: () => inputs.find((input) => input.checked)?.value ?? "",
    say,
  };
}

// The parts as a form with its Check button and, for several parts, a line on all of them.
function answerForm(parts, slips, messages, life, buttons) {
  const views = parts.map((part) => (part.kind === "choice" ? choicePart(part) : numberPart(part)));
  const several = parts.length > 1;
  const total = h("p", { class: "nnb-q-total", role: "status" });
  const form = h("form", { novalidate: true, class: "nnb-q-form" },
    h("div", { class: "nnb-q-parts" }, views.map((view) => view.node)),
    h("div", { class: "nnb-q-buttons" },
      h("button", { type: "submit", class: "nnb-q-check" }, "Check"), buttons),
    several && total);
  life.listen(form, "submit", (event) => {
    event.preventDefault();
    const verdicts = views.map((view, i) => judgePart(parts[i], view.answer(), slips, messages));
    views.forEach((view, i) => view.say(verdicts[i]));
    const right = verdicts.filter((verdict) => verdict.state === PASSED).length;
    total.textContent = `${right} of ${parts.length} right.`;
  });
  // JupyterLab keeps Enter from a form, so it is asked to submit by name.
  life.listen(form, "keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    form.requestSubmit();
  });
  views.forEach((view) => life.listen(view.node, "input", () => {
    view.say(null);
    total.textContent = "";
  }));
  return form;
}

// A button that shows one hint more at each press.
function hintButton(hints, life) {
  const list = h("ol", { class: "nnb-q-hints", "aria-live": "polite" });
  const button = h("button", { type: "button" });
  const name = () => {
    const next = list.children.length + 1;
    button.textContent = next > hints.length ? "No more hints" : `Hint ${next} of ${hints.length}`;
    button.setAttribute("aria-disabled", String(next > hints.length));
  };
  life.listen(button, "click", () => {
    const text = hints[list.children.length];
    if (text) list.append(rich("li", {}, text));
    name();
  });
  name();
  return { button, list };
}

// A button that opens and closes the worked solution.
function solutionButton(text, life) {
  const id = uid();
  const panel = rich("div", { id, class: "nnb-q-solution", role: "region", "aria-label": "Solution", hidden: true }, text);
  const button = h("button", { type: "button", "aria-expanded": "false", "aria-controls": id }, "Solution");
  life.listen(button, "click", () => {
    panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", String(!panel.hidden));
  });
  return { button, panel };
}

function render({ model, el }) {
  const life = createLife();
  const get = (key) => model.get(key);
  const title = uid();
  const hints = hintButton(get("hints"), life);
  const solution = get("solution") ? solutionButton(get("solution"), life) : {};
  const buttons = [hints.button, solution.button];
  const answer = get("call")
    ? [
      h("p", { class: "nnb-q-call" }, "Write it in the cell below, in the notebook, and run ", h("code", {}, get("call")), "."),
      h("div", { class: "nnb-q-buttons" }, buttons),
    ]
    : answerForm(get("parts"), get("slips"), get("messages"), life, buttons);
  const head = h("p", { id: title, class: "nnb-q-head" },
    h("span", { class: "nnb-q-number" }, h("span", { class: "nnb-sr" }, "Exercise "), get("number")),
    rich("span", { class: "nnb-q-title" }, get("title")));
  el.append(h("section", { class: "nnb nnb-question", "aria-labelledby": title },
    head, h("div", { class: "nnb-q-body" },
      rich("div", { class: "nnb-q-stem" }, get("stem")), answer, hints.list, solution.panel)));
  return () => life.end();
}

export default render;
