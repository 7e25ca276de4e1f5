// All widgets by kind, for the static page. In JupyterLab each widget brings its own module only.
import backprop_stepper from "./backprop_stepper.js";
import chain_nudge from "./chain_nudge.js";
import cost_by_hand from "./cost_by_hand.js";
import descent1d from "./descent1d.js";
import descent2d from "./descent2d.js";
import difference_quotient from "./difference_quotient.js";
import drawdigit from "./drawdigit.js";
import edgepatch from "./edgepatch.js";
import feedforward from "./feedforward.js";
import hidden_weights from "./hidden_weights.js";
import init_lab from "./init_lab.js";
import loss_showdown from "./loss_showdown.js";
import neuron from "./neuron.js";
import playground from "./playground.js";
import question from "./question.js";
import sgdpaths from "./sgdpaths.js";
import train_digits from "./train_digits.js";

const KINDS = {
  "backprop-stepper": backprop_stepper, "chain-nudge": chain_nudge, "cost-by-hand": cost_by_hand,
  descent1d, descent2d, "difference-quotient": difference_quotient, drawdigit, edgepatch, feedforward,
  "hidden-weights": hidden_weights, "init-lab": init_lab, "loss-showdown": loss_showdown, neuron, playground,
  question, sgdpaths, "train-digits": train_digits,
};

function render(props) {
  const kind = props.model.get("kind");
  if (!KINDS[kind]) throw new Error(`there is no widget of the kind "${kind}"`);
  return KINDS[kind](props);
}

export default render;
