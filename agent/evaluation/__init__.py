"""How well the agent answers: question sets in, scores and tables out; answers nothing itself."""
