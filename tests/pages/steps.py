"""What a user does on the pages, as short steps for the tests."""

from pathlib import Path

from pages._ui.choice import PairChoice

MAIN = Path(__file__).resolve().parents[2] / "pages" / "_main.py"


def button(app, label):
    (found,) = [one for one in app.button if one.label == label]
    return found


def has_button(app, label):
    return label in [one.label for one in app.button]


def uploader(app, label):
    (found,) = [one for one in app.file_uploader if one.label.startswith(label)]
    return found


def upload(app, pre, post, aoi=None):
    """Give (name, content) pairs for each date and send the form."""
    uploader(app, "Pre").set_value([(name, data, "image/tiff") for name, data in pre])
    uploader(app, "Post").set_value([(name, data, "image/tiff") for name, data in post])
    if aoi:
        uploader(app, "Area").set_value((*aoi, "application/geo+json"))
    return button(app, "Check these files").click().run()


def use(app, pre, post, aoi=None):
    """Choose a pair without the upload form and open the page Compare."""
    app.session_state["pair"] = PairChoice("Test pair", pre, post, aoi)
    return app.switch_page("compare.py").run()


def compared(app, pre, post, aoi=None):
    return button(use(app, pre, post, aoi), "Find changes").click().run()


def metrics(app):
    return {one.label: one.value for one in app.metric}


def errors(app):
    return " ".join(one.value for one in app.error).replace("\\", "")


def words(app):
    texts = [one.value for kind in (app.markdown, app.caption, app.info) for one in kind]
    return " ".join(texts).replace("\\", "")


def is_clean(app):
    return not app.exception and not app.error
