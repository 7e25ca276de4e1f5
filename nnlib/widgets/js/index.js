// All widgets by kind: the one entry of the bundle, in JupyterLab and in the static page alike.
import cost_by_hand from "./cost_by_hand.js";
import descent1d from "./descent1d.js";
import descent2d from "./descent2d.js";
import difference_quotient from "./difference_quotient.js";
import edgepatch from "./edgepatch.js";
import feedforward from "./feedforward.js";
import neuron from "./neuron.js";
import question from "./question.js";
import sgdpaths from "./sgdpaths.js";

const KINDS = {
  "cost-by-hand": cost_by_hand, descent1d, descent2d, "difference-quotient": difference_quotient,
  edgepatch, feedforward, neuron, question, sgdpaths,
};

function render(props) {
  const kind = props.model.get("kind");
  if (!KINDS[kind]) throw new Error(`there is no widget of the kind "${kind}"`);
  return KINDS[kind](props);
}

const widgets = { render };
export default widgets;
