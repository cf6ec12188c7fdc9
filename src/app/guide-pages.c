/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The guide's text. Pictures are made by build-aux/guide-pictures from the running program. */
#include "app/guide-pages.h"

#include <glib/gi18n.h>

static const SgGuideBlock start[] = {
  { SG_GUIDE_TEXT,
    N_ ("Draw a mechanism at the left and watch it move at the right. Both are one thing seen twice: "
        "what you select or point at in one is marked in the other.") },
  { SG_GUIDE_PICTURE, N_ ("A drawn car at the left, the same car driving at the right"), "window" },
  { SG_GUIDE_HEADING, N_ ("The first pendulum") },
  { SG_GUIDE_STEP,
    N_ ("Draw a line across, and four or more short strokes along its upper side: a ceiling.") },
  { SG_GUIDE_STEP, N_ ("Draw a small circle on it: a pin.") },
  { SG_GUIDE_STEP,
    N_ ("Draw a line from the pin down and aside, and a circle at its end: a rod and a bob.") },
  { SG_GUIDE_STEP, N_ ("Press Play.") },
  { SG_GUIDE_TEXT,
    N_ ("The tour, under Help in the main menu, leads through this and more on a sketch of its own.") },
  { SG_GUIDE_TEXT,
    N_ ("Each time you lift the pen, SimGen reads the whole page again and shows what it understood "
        "over the ink. Your ink itself is never changed.") },
  { SG_GUIDE_TEXT,
    N_ ("Nothing needs a network or an account, and everything you draw is kept by itself.") },
  { SG_GUIDE_KEY, N_ ("Play or pause"), "space" },
  { SG_GUIDE_KEY, N_ ("Back to the start"), "r" },
  { SG_GUIDE_KEY, N_ ("Undo"), "<Control>z" },
  { SG_GUIDE_KEY, N_ ("Keyboard shortcuts"), "<Control>question" },
  { SG_GUIDE_END },
};

static const SgGuideBlock draw[] = {
  { SG_GUIDE_TEXT,
    N_ ("Draw with mouse, finger or pen. The page has no end: two fingers, or the wheel with Ctrl, "
        "move and zoom it.") },
  { SG_GUIDE_KEY, N_ ("Pen"), "p" },
  { SG_GUIDE_KEY, N_ ("Shapes"), "s" },
  { SG_GUIDE_KEY, N_ ("Eraser"), "e" },
  { SG_GUIDE_KEY, N_ ("Eraser of whole strokes, or of parts"), "<Shift>e" },
  { SG_GUIDE_KEY, N_ ("Select and move"), "v" },
  { SG_GUIDE_KEY, N_ ("Text"), "t" },
  { SG_GUIDE_KEY, N_ ("Move the paper"), "h" },
  { SG_GUIDE_KEY, N_ ("Show all of the drawing"), "<Control>0" },
  { SG_GUIDE_HEADING, N_ ("While you draw") },
  { SG_GUIDE_TEXT,
    N_ ("Hold still at the end of a stroke, and it is straightened: a line becomes straight, a loop a "
        "true circle or box.") },
  { SG_GUIDE_TEXT,
    N_ ("Scribble back and forth over marks to delete them. A pen's eraser end erases without a change "
        "of tool.") },
  { SG_GUIDE_TEXT,
    N_ ("The eraser takes whole strokes, or cuts out only what it passes over. The shape tool draws lines, "
        "boxes, circles, wedges and springs between where you press and where you let go. Click the tool "
        "again to choose.") },
  { SG_GUIDE_HEADING, N_ ("From paper") },
  { SG_GUIDE_TEXT,
    N_ ("Paste or drop a photo of a drawing, or a PDF: its lines are found and read as if you had drawn them "
        "here. A dark pen, plain paper and even light are read best.") },
  { SG_GUIDE_TEXT,
    N_ ("A camera of this computer takes such a photo, too. It is asked for first, and its picture goes "
        "nowhere else.") },
  { SG_GUIDE_KEY, N_ ("Take a picture with the camera"), "<Control><Alt>p" },
  { SG_GUIDE_KEY, N_ ("Paste a picture"), "<Control>v" },
  { SG_GUIDE_END },
};

static const SgGuideBlock notation[] = {
  { SG_GUIDE_TEXT,
    N_ (
      "What the marks of a drawing mean. A mark that fits none of these stays ink, and SimGen says so.") },
  { SG_GUIDE_CARDS },
  { SG_GUIDE_END },
};

static const SgGuideBlock words[] = {
  { SG_GUIDE_TEXT,
    N_ ("Say what a drawing cannot show in the line below it, or in a label beside a part.") },
  { SG_GUIDE_PICTURE, N_ ("The words “moon gravity”, and below them how they were understood"), "words" },
  { SG_GUIDE_HEADING, N_ ("In the line of words") },
  { SG_GUIDE_TEXT, N_ ("“moon gravity” · “the ball is 2 kg” · “motor on the left wheel” · “no friction” · "
                       "“a double pendulum with rods of 1 m”") },
  { SG_GUIDE_TEXT,
    N_ ("What was understood stands beside the line as chips; the cross of a chip takes it back. What was "
        "not understood is said, and changes nothing.") },
  { SG_GUIDE_HEADING, N_ ("In labels") },
  { SG_GUIDE_TEXT,
    N_ ("“2 kg” and “ice” on a body, “k = 50 N/m” at a spring, “30°” at a ramp, “5 N” or “v = 2” at an "
        "arrow, “10 rpm” at a motor, “1 m” along a line for the scale of the page.") },
  { SG_GUIDE_END },
};

static const SgGuideBlock correct[] = {
  { SG_GUIDE_TEXT,
    N_ ("Recognition can be wrong. What is uncertain is dashed and has a question mark: click it to see "
        "what else it may be, and choose.") },
  { SG_GUIDE_PICTURE, N_ ("A selected part, and the panel with what it is and what it may be"), "parts" },
  { SG_GUIDE_TEXT,
    N_ ("The list of parts has everything that was recognised, with its mass, material, stiffness and "
        "the rest. A number that you change is marked as yours.") },
  { SG_GUIDE_KEY, N_ ("Parts of the drawing"), "F6" },
  { SG_GUIDE_TEXT,
    N_ ("Several selected parts are merged into one, and one is split into its strokes. “Reset” takes back "
        "all that you said of a part.") },
  { SG_GUIDE_TEXT, N_ ("Corrections are kept with the drawing. Reading it again never loses them.") },
  { SG_GUIDE_END },
};

static const SgGuideBlock play[] = {
  { SG_GUIDE_TEXT,
    N_ ("The simulation runs in real time unless you choose another speed. Pull a body with the pointer: a "
        "spring goes from it to where you pull; with Shift it stays when you let go.") },
  { SG_GUIDE_KEY, N_ ("One step forward"), "Right" },
  { SG_GUIDE_KEY, N_ ("One step back"), "Left" },
  { SG_GUIDE_KEY, N_ ("Slower"), "minus" },
  { SG_GUIDE_KEY, N_ ("Faster"), "equal" },
  { SG_GUIDE_HEADING, N_ ("Back in time") },
  { SG_GUIDE_TEXT,
    N_ ("Everything that ran is recorded. Drag along the timeline to go back, and play on from there: the "
        "future that was there is kept as a branch.") },
  { SG_GUIDE_KEY, N_ ("Mark this moment"), "k" },
  { SG_GUIDE_KEY, N_ ("Loop between the marks about this moment"), "l" },
  { SG_GUIDE_HEADING, N_ ("Looking") },
  { SG_GUIDE_TEXT,
    N_ ("The front view lines up with the drawing. Drag beside the bodies to turn the scene, and use the "
        "eye's menu for forces, names, axes and cameras.") },
  { SG_GUIDE_KEY, N_ ("Line up with the drawing"), "f" },
  { SG_GUIDE_KEY, N_ ("What is shown of the simulation"), "o" },
  { SG_GUIDE_END },
};

static const SgGuideBlock measure[] = {
  { SG_GUIDE_TEXT, N_ ("The drawer at the foot of the simulation measures it.") },
  { SG_GUIDE_KEY, N_ ("Measure: plots, energy, contacts, motors"), "F9" },
  { SG_GUIDE_PICTURE, N_ ("The drawer with plots, under the simulation"), "measure" },
  { SG_GUIDE_TEXT,
    N_ ("Plots draw any quantity over time or over another one. Point at a curve to read it; a click goes "
        "to that moment.") },
  { SG_GUIDE_TEXT,
    N_ (
      "Energy is an account: what there was at first, what motors put in, what friction and impacts took, "
      "and what is left over by computing in finite steps.") },
  { SG_GUIDE_TEXT,
    N_ (
      "“Motors and Joints” has a slider for each of them: a motor can be driven by hand, and while nothing "
      "runs a joint is set to where it begins.") },
  { SG_GUIDE_KEY, N_ ("Motors and joints"), "<Shift>m" },
  { SG_GUIDE_TEXT, N_ ("Numbers are saved as a table (CSV), plots as a picture.") },
  { SG_GUIDE_END },
};

static const SgGuideBlock keep[] = {
  { SG_GUIDE_TEXT,
    N_ ("There is no need to save. Every sketch, its earlier versions and every run are kept on this "
        "computer, and found by a word of their title, their words or their tags.") },
  { SG_GUIDE_PICTURE, N_ ("Kept sketches as small pictures, with a field to search"), "history" },
  { SG_GUIDE_KEY, N_ ("Kept sketches"), "<Control>h" },
  { SG_GUIDE_KEY, N_ ("New sketch"), "<Control>n" },
  { SG_GUIDE_KEY, N_ ("New tab"), "<Control>t" },
  { SG_GUIDE_KEY, N_ ("Save as"), "<Control><Shift>s" },
  { SG_GUIDE_TEXT,
    N_ (
      "A sketch's menu opens its versions and runs; two runs are compared side by side. What is pinned is "
      "never cleaned up.") },
  { SG_GUIDE_TEXT,
    N_ (
      "Several sketches are open in tabs. Only the one that you see runs; a tab that was closed is opened "
      "again, and what was open is there the next time.") },
  { SG_GUIDE_KEY, N_ ("Open the closed tab"), "<Control><Shift>t" },
  { SG_GUIDE_HEADING, N_ ("Taking it elsewhere") },
  { SG_GUIDE_TEXT,
    N_ ("The drawing is exported as PDF, SVG or PNG, whole or what is selected, and printed to fit a sheet "
        "or "
        "at a scale. In the export's window its picture can be dragged into another program.") },
  { SG_GUIDE_KEY, N_ ("Export the drawing"), "<Control><Alt>e" },
  { SG_GUIDE_KEY, N_ ("Print the drawing"), "<Control>p" },
  { SG_GUIDE_TEXT,
    N_ ("A run is exported as a film, a page for the browser, a picture of its course or a table.") },
  { SG_GUIDE_KEY, N_ ("Export the run"), "<Control><Shift>e" },
  { SG_GUIDE_END },
};

static const SgGuideBlock models[] = {
  { SG_GUIDE_TEXT,
    N_ ("SimGen opens models of other programs, in MJCF and URDF, and shows them without a drawing. They "
        "are checked first and cannot do any harm.") },
  { SG_GUIDE_TEXT,
    N_ ("A model is loaded again whenever its file changes, and its text can be changed here, too.") },
  { SG_GUIDE_KEY, N_ ("Edit the text of the model"), "<Control>e" },
  { SG_GUIDE_KEY, N_ ("Load the model again"), "F5" },
  { SG_GUIDE_TEXT,
    N_ ("What you drew is written as MJCF by the menu's “Export as MJCF”. MuJoCo and everything that reads "
        "its models can go on from there.") },
  { SG_GUIDE_TEXT,
    N_ ("For scripts and classrooms the command simgen-cli does all of this without a window: see its "
        "manual page.") },
  { SG_GUIDE_END },
};

static const SgGuidePage pages[] = {
  { "start", N_ ("Begin Here"), "go-home-symbolic", start },
  { "draw", N_ ("Drawing"), "sg-pen-symbolic", draw },
  { "notation", N_ ("What the Marks Mean"), "sg-mark-symbolic", notation },
  { "words", N_ ("Words and Labels"), "sg-text-symbolic", words },
  { "correct", N_ ("Putting It Right"), "sg-select-symbolic", correct },
  { "play", N_ ("Playing"), "media-playback-start-symbolic", play },
  { "measure", N_ ("Measuring"), "sg-plot-symbolic", measure },
  { "keep", N_ ("Keeping and Finding"), "document-open-recent-symbolic", keep },
  { "models", N_ ("Models of Other Programs"), "sg-perspective-symbolic", models },
};

const SgGuidePage *
sg_guide_pages (guint *n_pages)
{
  *n_pages = G_N_ELEMENTS (pages);
  return pages;
}
