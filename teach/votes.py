"""Vote questions: reads and checks teach/votes/*.yml, and writes them for learning platforms.

    python teach/votes.py                  checks every file
    python teach/votes.py 01 --moodle      writes _build/votes/01.xml, Moodle XML
    python teach/votes.py 01 --canvas      writes _build/votes/01.zip, a QTI 1.2 package for Canvas
    python teach/votes.py 01 --print       writes _build/votes/01.html, a sheet without answers

What an option reveals becomes its feedback. Formulas become MathML, which browsers show as it is.
"""

import argparse
import re
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import NamedTuple

import yaml

FOLDER = Path(__file__).parent / "votes"
LETTERS = "ABCD"
KINDS = {"moodle": "xml", "canvas": "zip", "print": "html"}  # what is written for each
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Questions</title>
<style>
body {{ font: 11pt/1.4 system-ui, sans-serif; max-width: 42em; margin: 2em auto; }}
li {{ break-inside: avoid; margin-bottom: 1.2em; }}
li li {{ margin-bottom: .2em; list-style: upper-alpha; }}
li p {{ margin: 0 0 .4em; }}
@page {{ margin: 18mm; }}
</style>
<p>Name: ____________________________ &emsp; Date: ______________</p>
{head}
<ol>{questions}</ol></html>
"""


class Option(NamedTuple):
    """One answer: its text, what choosing it reveals, and whether it is right."""

    text: str
    reveals: str
    right: bool = False


class Vote(NamedTuple):
    """One question: id, section of the book, stem in Markdown, three or four options."""

    id: str
    section: str
    ask: str
    options: list

    @property
    def right(self):
        """The letter of the right option."""
        return next(a for a, option in zip(LETTERS, self.options) if option.right)


def read(path):
    """Return the votes of a file; ValueError says in one sentence what is wrong with it."""
    path = Path(path)
    try:
        entries = yaml.safe_load(path.read_text("utf8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ValueError(f"{path.name}: cannot be read ({reason}).") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise ValueError(f"{path.name}: no valid YAML{line}; a text with a colon and a space, or "
                         "one that begins with a quote, needs quotes around it.") from None
    if not isinstance(entries, list) or not entries:
        raise ValueError(f"{path.name}: a list of questions is needed, each begins with '- id:'.")
    votes = [_vote(path.name, number, entry) for number, entry in enumerate(entries, 1)]
    double = sorted({vote.id for vote in votes if [v.id for v in votes].count(vote.id) > 1})
    if double:
        raise ValueError(f"{path.name}: the id {double[0]} stands there twice.")
    return votes


def _vote(name, number, entry):
    where = f"{name}: question {number}"
    _texts(where, entry, required=("id", "section", "ask"), known=("options",))
    where = f"{name}: {entry['id']}"
    if not re.fullmatch(r"[A-Za-z0-9-]+", entry["id"]):
        raise ValueError(f"{where}: an id has letters, digits and hyphens only.")
    options = entry.get("options")
    if not isinstance(options, list) or not 3 <= len(options) <= 4:
        raise ValueError(f"{where}: three or four options are needed.")
    for letter, option in zip(LETTERS, options):
        _texts(f"{where}, option {letter}", option, ("text", "reveals"), ("right",))
        if option.get("right", True) is not True:
            raise ValueError(f"{where}, option {letter}: 'right' is 'true' or left out.")
    right = sum("right" in option for option in options)
    if right != 1:
        raise ValueError(f"{where}: exactly one option is right; here {right} are.")
    return Vote(*(entry[key].strip() for key in ("id", "section", "ask")),
                [Option(" ".join(o["text"].split()), o["reveals"].strip(), "right" in o)
                 for o in options])


def _texts(where, entry, required, known):
    """Every required key has a text, and there is no other key than these and the known ones."""
    if not isinstance(entry, dict):
        raise ValueError(f"{where}: needs the keys {', '.join(required)}.")
    for key in required:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ValueError(f"{where}: '{key}' needs a text; a number stands in quotes.")
    for key in set(entry) - {*required, *known}:
        raise ValueError(f"{where}: '{key}' is not known; known are {', '.join(required + known)}.")


def moodle(questions, title):
    """The questions as Moodle XML, in a category of their own."""
    quiz = ET.Element("quiz")
    _add(quiz, "question/category/text", f"$course$/top/{title}", type="category")
    for vote in questions:
        question = ET.SubElement(quiz, "question", type="multichoice")
        _add(question, "name/text", vote.id)
        _add(question, "questiontext/text", _html(vote.ask), format="html")
        _add(question, "defaultgrade", "1")
        _add(question, "single", "true")
        _add(question, "shuffleanswers", "false")
        _add(question, "answernumbering", "ABCD")
        for option in vote.options:
            answer = _add(question, "answer", fraction="100" if option.right else "0",
                          format="html")
            _add(answer, "text", _html(option.text))
            _add(answer, "feedback/text", _html(option.reveals), format="html")
    return ET.tostring(quiz, encoding="utf-8", xml_declaration=True)


def _add(parent, path, text=None, **attributes):
    """Add the elements of a path; the first gets the attributes, the last the text."""
    first, *rest = path.split("/")
    top = node = ET.SubElement(parent, first, attributes)
    for tag in rest:
        node = ET.SubElement(node, tag)
    node.text = text
    return top


def _html(text):
    from nnlib.exercises import markup

    return markup.html(text)


def qti(questions, title):
    """The questions as the two files of a QTI 1.2 package: (manifest, assessment)."""
    root = ET.Element("questestinterop",
                      xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2")
    test = ET.SubElement(root, "assessment", ident=f"votes-{title}", title=f"Votes {title}")
    section = ET.SubElement(test, "section", ident="root_section")
    for vote in questions:
        section.append(_qti_item(vote))
    manifest = ET.Element("manifest", identifier=f"manifest-{title}",
                          xmlns="http://www.imsglobal.org/xsd/imscp_v1p1")
    resources = ET.SubElement(manifest, "resources")
    resource = ET.SubElement(resources, "resource", identifier="votes", type="imsqti_xmlv1p2")
    ET.SubElement(resource, "file", href="votes.xml")
    return tuple(ET.tostring(node, encoding="utf-8", xml_declaration=True)
                 for node in (manifest, root))


def _qti_item(vote):
    item = ET.Element("item", ident=vote.id, title=vote.id)
    fields = _add(item, "itemmetadata/qtimetadata")[0]
    for label, entry in (("question_type", "multiple_choice_question"), ("points_possible", "1")):
        field = ET.SubElement(fields, "qtimetadatafield")
        _add(field, "fieldlabel", label)
        _add(field, "fieldentry", entry)
    presentation = ET.SubElement(item, "presentation")
    _material(presentation, vote.ask)
    response = ET.SubElement(presentation, "response_lid", ident="response",
                             rcardinality="Single")
    choices = ET.SubElement(response, "render_choice")
    processing = ET.SubElement(item, "resprocessing")
    outcomes = ET.SubElement(processing, "outcomes")
    ET.SubElement(outcomes, "decvar", varname="SCORE", vartype="Decimal", minvalue="0",
                  maxvalue="100")
    for letter, option in zip(LETTERS, vote.options):
        _material(ET.SubElement(choices, "response_label", ident=letter), option.text)
        given = ET.SubElement(processing, "respcondition")
        given.set("continue", "Yes")
        ET.SubElement(ET.SubElement(given, "conditionvar"), "varequal",
                      respident="response").text = letter
        if option.right:
            ET.SubElement(given, "setvar", action="Set", varname="SCORE").text = "100"
        ET.SubElement(given, "displayfeedback", feedbacktype="Response", linkrefid=f"{letter}_fb")
    for letter, option in zip(LETTERS, vote.options):
        feedback = ET.SubElement(item, "itemfeedback", ident=f"{letter}_fb")
        _material(ET.SubElement(feedback, "flow_mat"), option.reveals)
    return item


def _material(parent, text):
    material = ET.SubElement(parent, "material")
    ET.SubElement(material, "mattext", texttype="text/html").text = _html(text)


def sheet(questions, head=""):
    """The questions as a page to print, without answers; head stands above them, in Markdown."""
    items = (
        f"<li>{_html(vote.ask)}<ol>"
        + "".join(f"<li>{_html(option.text)}</li>" for option in vote.options) + "</ol></li>"
        for vote in questions
    )
    return SHEET.format(head=_html(head), questions="\n".join(items))


def export(name, platform):
    """Write a file of questions for a platform or for paper to _build/votes; return its path."""
    questions = read(FOLDER / f"{name}.yml")
    folder = FOLDER.parents[1] / "_build/votes"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.{KINDS[platform]}"
    if platform == "moodle":
        path.write_bytes(moodle(questions, f"Votes {name}"))
    elif platform == "print":
        head = FOLDER / f"{name}.md"  # what the students read first, where there is such a text
        path.write_text(sheet(questions, head.read_text("utf8") if head.exists() else ""), "utf8")
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for file, content in zip(("imsmanifest.xml", "votes.xml"), qti(questions, name)):
                package.writestr(file, content)
    return path


def main():
    """Read the command line; one line a fault."""
    parser = argparse.ArgumentParser(description="Vote questions: checked, and for platforms.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="such as 01 or inventory; all")
    for platform in KINDS:
        parser.add_argument(f"--{platform}", action="store_const", const=platform, dest="platform")
    options = parser.parse_args()
    faults = []
    for name in options.names or [path.stem for path in sorted(FOLDER.glob("*.yml"))]:
        try:
            if options.platform:
                print(export(name, options.platform))
            else:
                read(FOLDER / f"{name}.yml")
        except ValueError as error:
            faults.append(f"teach/votes/{error}")
    print("\n".join(faults) or "All vote questions are well-formed.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
