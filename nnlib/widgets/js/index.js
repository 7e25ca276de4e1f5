// All widgets by kind: the one entry of the bundle, in JupyterLab and in the static page alike.
import neuron from "./neuron.js";
import question from "./question.js";

const KINDS = { neuron, question };

function render(props) {
  const kind = props.model.get("kind");
  if (!KINDS[kind]) throw new Error(`there is no widget of the kind "${kind}"`);
  return KINDS[kind](props);
}

const widgets = { render };
export default widgets;
