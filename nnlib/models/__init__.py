"""Networks that the project has trained, each with a JSON that says how; make digit-model."""
