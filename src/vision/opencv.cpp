/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The OpenCV shim: the only C++ of the program. Each entry point is a function-try-block, so that C callers
 * get an exception's text and never an exception.
 */
#include "vision/opencv.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "vision/pieces.h"
#include "vision/pixels.h"
#include "vision/sheet-edges.h"

#define SG_CATCH                               \
  catch (const std::exception &exception)      \
  {                                            \
    return g_strdup (exception.what ());       \
  }                                            \
  catch (...)                                  \
  {                                            \
    return g_strdup ("unknown C++ exception"); \
  }

namespace
{

/* Paper is looked for on a copy of at most this many pixels a side: it changes slowly. */
const int PAPER_SIDE = 160;
/* Whether ink is lighter than paper is seen on a copy of at most this many. */
const int MOMENT_SIDE = 80;
/* Ink up to this share of the picture's larger side wide is told from paper. */
const double WIDEST_INK = 0.25;
/* A board or paper darker than this is taken as this dark: what is black in black is noise. */
const int DARKEST_PAPER = 64;
/* Where ink begins, and what is surely none of the paper's, as shares of the contrast of the ink. */
const double EDGE_LEVEL = 0.4, SURE_LEVEL = 0.7;
/* Contrast below this is never ink; paper texture and JPEG noise stay under it. */
const int FAINTEST_INK = 22;
/* Specks are smaller than this share of a square as wide as the lines, or than this many pixels. */
const double SPECK = 0.5, SMALLEST_INK = 5;
/* What is this many times as thick as the lines is no line. */
const double SPOT_RADII = 2.8;

/* Transparent pictures are drawn in light ink if that is lighter than this. */
const int LIGHT_INK = 170;
/* The sheet's edges are looked for on a copy of at most this many pixels a side. */
const int SHEET_SIDE = 320;
/* Lines up to this share of that side wide are no edges of a sheet. */
const double SHEET_INK = 0.05;
/* Smallest share of the picture that is a sheet on a table, or a board on a wall. */
const double SMALLEST_SHEET = 0.2, SMALLEST_BOARD = 0.35;
/* Share of a four-sided figure that the sheet fills at least. */
const double SHEET_FILL = 0.93;
/* A side of a sheet is an edge along this share of it at least. */
const double EDGE_SHARE = 0.75;
/* Levels of light at which a sheet is looked for. */
const int SHEET_LEVELS = 14;
/* Share of the sheet's sides that is cut off, for its edges are no ink. */
const double SHEET_RIM = 0.012;
/* Focal length of a telephone's camera, in longer sides of its picture. */
const double FOCAL_LENGTH = 0.85;

/* The next odd number: kernels have a middle. */
int
odd (double side)
{
  return std::max (3, (int)side | 1);
}

/* C callers hand in const bytes that OpenCV only reads. */
cv::Mat
wrap (const guint8 *pixels, int width, int height)
{
  return cv::Mat (height, width, CV_8U, const_cast<guint8 *> (pixels));
}

/* What lies under a picture that is partly transparent. Where little is opaque, that is the ink, and the
 * paper is what it stands out from: white, or black under light ink. Else it is paper itself, and goes on. */
int
level_below (const cv::Mat &rgba)
{
  double opaque = 0, sum = 0;
  for (int y = 0; y < rgba.rows; y++)
    {
      const guint8 *p = rgba.ptr (y);
      for (int x = 0; x < rgba.cols; x++, p += 4)
        {
          opaque += p[3];
          sum += p[3] * ((77 * p[0] + 150 * p[1] + 29 * p[2] + 128) >> 8);
        }
    }
  if (opaque <= 0)
    return 255;
  double mean = sum / opaque;
  return opaque > 0.5 * 255 * rgba.total () ? (int)mean : mean > LIGHT_INK ? 0
                                                                           : 255;
}

void
lay_on_paper (const cv::Mat &rgba, cv::Mat &grey)
{
  const int below = level_below (rgba);
  for (int y = 0; y < rgba.rows; y++)
    {
      const guint8 *from = rgba.ptr (y);
      guint8 *to = grey.ptr (y);
      for (int x = 0; x < rgba.cols; x++, from += 4)
        {
          int luma = (77 * from[0] + 150 * from[1] + 29 * from[2] + 128) >> 8;
          to[x] = below + (luma - below) * from[3] / 255;
        }
    }
}

/* The grey levels without lines: closing takes away whatever is dark and narrower than the kernel. Beyond
 * the frame the light goes on falling as it did, else the kernel would find darkening corners to be ink. */
cv::Mat
estimate_paper (const cv::Mat &small)
{
  int side = odd (WIDEST_INK * std::max (small.cols, small.rows)), margin = side / 2;
  cv::Mat level, mirror, padded, paper;
  cv::copyMakeBorder (small, level, margin, margin, margin, margin, cv::BORDER_REPLICATE);
  cv::copyMakeBorder (small, mirror, margin, margin, margin, margin, cv::BORDER_REFLECT);
  cv::addWeighted (level, 2, mirror, -1, 0, padded);
  cv::min (padded, level, padded);
  cv::Mat kernel = cv::getStructuringElement (cv::MORPH_RECT, cv::Size (side, side));
  cv::morphologyEx (padded, paper, cv::MORPH_CLOSE, kernel);
  int blur = odd (side / 3);
  cv::GaussianBlur (paper, paper, cv::Size (blur, blur), 0);
  return paper (cv::Rect (margin, margin, small.cols, small.rows)).clone ();
}

/* The picture with at most `side` pixels a side. */
cv::Mat
shrink (const cv::Mat &image, int side)
{
  double scale = std::min (1.0, (double)side / std::max (image.cols, image.rows));
  cv::Mat small (std::max (1, cvRound (image.rows * scale)), std::max (1, cvRound (image.cols * scale)),
                 CV_8U);
  sg_pixels_shrink (image.ptr (), image.cols, image.rows, small.ptr (), small.cols, small.rows);
  return small;
}

/* Lines are a minority that deviates one way from the level around them: the third moment says which way. */
bool
is_light_on_dark (const cv::Mat &paper)
{
  cv::Mat small = shrink (paper, MOMENT_SIDE), around;
  int side = odd (0.15 * std::max (small.cols, small.rows));
  cv::medianBlur (small, around, side);
  double skew = 0;
  for (int y = 0; y < small.rows; y++)
    for (int x = 0; x < small.cols; x++)
      {
        double d = small.at<guint8> (y, x) - around.at<guint8> (y, x);
        skew += d * d * d;
      }
  return skew > 0;
}

/* Otsu, "A threshold selection method from gray-level histograms", 1979. The mean level above the threshold
 * goes to `mean_above`. */
int
otsu_threshold (const std::vector<double> &histogram, double *mean_above)
{
  double total = 0, sum = 0;
  for (int i = 0; i < 256; i++)
    {
      total += histogram[i];
      sum += i * histogram[i];
    }
  double below = 0, sum_below = 0, best = -1;
  int threshold = 255;
  *mean_above = 255;
  for (int i = 0; i < 255; i++)
    {
      below += histogram[i];
      sum_below += i * histogram[i];
      double above = total - below;
      if (below <= 0 || above <= 0)
        continue;
      double gap = sum_below / below - (sum - sum_below) / above;
      if (below * above * gap * gap > best)
        {
          best = below * above * gap * gap;
          threshold = i;
          *mean_above = (sum - sum_below) / above;
        }
    }
  return threshold;
}

std::vector<double>
histogram_of (const cv::Mat &image)
{
  guint count[256];
  sg_pixels_count_values (image.ptr (), image.total (), count);
  return std::vector<double> (count, count + 256);
}

/* Half the ink's contrast is where its edge lies. How strong the ink is differs over a page (pressure, two
 * pens), so it is looked up around each pixel, on a small copy, but never taken as fainter than `floor`. */
cv::Mat
local_threshold (const cv::Mat &contrast, double floor)
{
  cv::Mat small = shrink (contrast, PAPER_SIDE);
  int side = odd (std::max (small.cols, small.rows) / 12);
  cv::dilate (small, small, cv::getStructuringElement (cv::MORPH_RECT, cv::Size (side, side)));
  cv::GaussianBlur (small, small, cv::Size (side, side), 0);
  cv::Mat threshold;
  small.convertTo (threshold, CV_8U, 0.5);
  return cv::max (threshold, floor);
}

/* Gives each pixel the value of its component. */
void
paint_components (const cv::Mat &labels, const std::vector<guint8> &values, cv::Mat &out)
{
  for (int y = 0; y < out.rows; y++)
    {
      const int *label = labels.ptr<int> (y);
      guint8 *to = out.ptr (y);
      for (int x = 0; x < out.cols; x++)
        to[x] = values[label[x]];
    }
}

/* Mean width of the lines in the mask: each pixel of length has two of border. */
double
line_width (const cv::Mat &mask)
{
  guint area, inside;
  sg_pixels_count_ink (mask.ptr (), mask.cols, mask.rows, &area, &inside);
  return area > inside ? 2.0 * area / (area - inside) : 0;
}

cv::Mat
disc (int radius)
{
  return cv::getStructuringElement (cv::MORPH_ELLIPSE, cv::Size (2 * radius + 1, 2 * radius + 1));
}

bool
touches_frame (const cv::Mat &stats, int i, cv::Size size)
{
  int x = stats.at<int> (i, cv::CC_STAT_LEFT), y = stats.at<int> (i, cv::CC_STAT_TOP);
  int right = x + stats.at<int> (i, cv::CC_STAT_WIDTH), bottom = y + stats.at<int> (i, cv::CC_STAT_HEIGHT);
  return x <= 1 || y <= 1 || right >= size.width - 1 || bottom >= size.height - 1;
}

/* Of a contour's length: the deviation that its polygon is allowed. */
const double POLYGON_ERROR = 0.02;

guint
count_polygons (const cv::Mat &smooth)
{
  cv::Mat edges;
  std::vector<std::vector<cv::Point> > contours;
  std::vector<cv::Point> polygon;
  guint n = 0;

  cv::Canny (smooth, edges, 50, 150);
  cv::findContours (edges, contours, cv::RETR_LIST, cv::CHAIN_APPROX_SIMPLE);
  for (const std::vector<cv::Point> &contour : contours)
    {
      cv::approxPolyDP (contour, polygon, POLYGON_ERROR * cv::arcLength (contour, true), true);
      n += polygon.size () >= 2;
    }
  return n;
}

guint
count_circles (const cv::Mat &smooth)
{
  std::vector<cv::Vec3f> circles;

  cv::HoughCircles (smooth, circles, cv::HOUGH_GRADIENT, 1, 16, 150, 40, 4, 100);
  return circles.size ();
}

/* Without lines, which are dark. Beyond the frame it is dark, else a narrow margin of table would be a
 * line. */
cv::Mat
without_lines (const cv::Mat &small)
{
  int side = odd (SHEET_INK * std::max (small.cols, small.rows));
  cv::Mat padded;
  cv::copyMakeBorder (small, padded, side, side, side, side, cv::BORDER_CONSTANT, 0);
  cv::morphologyEx (padded, padded, cv::MORPH_CLOSE,
                    cv::getStructuringElement (cv::MORPH_RECT, cv::Size (side, side)));
  return padded (cv::Rect (side, side, small.cols, small.rows)).clone ();
}

typedef std::vector<cv::Point2f> Corners;

/* Where the lines cross, each given as direction and point; false for parallels. */
bool
cross_lines (const cv::Vec4f &a, const cv::Vec4f &b, cv::Point2f &at)
{
  float turn = a[0] * b[1] - a[1] * b[0];
  if (std::abs (turn) < 0.2f)
    return false;
  float t = ((b[2] - a[2]) * b[1] - (b[3] - a[3]) * b[0]) / turn;
  at = cv::Point2f (a[2] + t * a[0], a[3] + t * a[1]);
  return true;
}

/* The line through the points of `outline` that are along the side from `a` to `b`, away from its corners. */
bool
fit_side (const std::vector<cv::Point> &outline, cv::Point2f a, cv::Point2f b, cv::Vec4f &line)
{
  Corners along;
  cv::Point2f side = b - a;
  float square = side.dot (side), slack = 0.05f * std::sqrt (square) + 1;
  for (const cv::Point &p : outline)
    {
      cv::Point2f d = cv::Point2f (p) - a;
      float t = d.dot (side) / square;
      if (t > 0.08f && t < 0.92f && std::abs (d.cross (side)) < slack * std::sqrt (square))
        along.push_back (p);
    }
  if (along.size () < 4)
    return false;
  cv::fitLine (along, line, cv::DIST_HUBER, 0, 0.01, 0.01);
  return true;
}

/* Along which share of the side from `a` to `b` there is a sheet's edge. The figure is to the right. */
double
edge_share (const cv::Mat &light, cv::Point2f a, cv::Point2f b)
{
  const int samples = 24;
  const float near = SG_EDGE_NEAR, far = SG_EDGE_FAR;
  const cv::Rect frame (0, 0, light.cols, light.rows);
  auto level = [&light] (cv::Point2f p) {
    int x = std::min (std::max ((int)p.x, 0), light.cols - 1);
    int y = std::min (std::max ((int)p.y, 0), light.rows - 1);
    return light.at<guint8> (y, x);
  };
  cv::Point2f side = b - a, out (side.y, -side.x);
  out /= std::max (1e-6f, (float)cv::norm (out));
  int darker = 0;
  for (int i = 0; i < samples; i++)
    {
      cv::Point2f on = a + side * ((i + 0.5f) / samples);
      if (frame.contains (on - near * out) && frame.contains (on + near * out))
        darker += sg_edge_is_between (level (on - near * out), level (on - far * out),
                                      level (on + near * out), level (on + far * out));
    }
  return (double)darker / samples;
}

/* How plainly the four sides are edges, 0 where one is none. */
double
edge_strength (const cv::Mat &light, const Corners &corners)
{
  double sum = 0;
  for (int i = 0; i < 4; i++)
    {
      double share = edge_share (light, corners[i], corners[(i + 1) % 4]);
      if (share < EDGE_SHARE)
        return 0;
      sum += share;
    }
  return sum;
}

/* The four corners of what the outline encloses, clockwise as seen; false where it has no four sides that are
 * edges of `light`. */
bool
fit_corners (const cv::Mat &light, const std::vector<cv::Point> &outline, Corners &corners)
{
  std::vector<cv::Point> hull, rough;
  cv::convexHull (outline, hull, false); /* clockwise as seen, for OpenCV means y up */
  double length = cv::arcLength (hull, true);
  for (double slack = 0.01; slack < 0.06 && rough.size () != 4; slack += 0.01)
    cv::approxPolyDP (hull, rough, slack * length, true);
  if (rough.size () != 4 || edge_strength (light, Corners (rough.begin (), rough.end ())) == 0)
    return false;
  cv::Vec4f sides[4];
  for (int i = 0; i < 4; i++)
    if (!fit_side (outline, rough[i], rough[(i + 1) % 4], sides[i]))
      return false;
  corners.resize (4);
  for (int i = 0; i < 4; i++)
    if (!cross_lines (sides[(i + 3) % 4], sides[i], corners[i]))
      return false;
  double area = cv::contourArea (corners);
  return cv::isContourConvex (corners) && area > 0 && cv::contourArea (outline) > SHEET_FILL * area;
}

/* Looks for the light figure with the plainest four sides, at least `smallest` of the picture, on darker
 * ground. */
bool
find_light_sheet (const cv::Mat &light, double smallest, Corners &corners)
{
  double darkest, lightest, best = 0;
  gboolean may_part[256];
  cv::minMaxLoc (light, &darkest, &lightest);
  sg_edges_find_levels (light.ptr (), light.cols, light.rows, smallest * light.total (), may_part);
  for (int i = 1; i < SHEET_LEVELS; i++)
    {
      std::vector<std::vector<cv::Point> > outlines;
      double level = darkest + (lightest - darkest) * i / SHEET_LEVELS;
      if (!may_part[(int)level])
        continue;
      cv::Mat above = light > level;
      cv::findContours (above, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
      for (const std::vector<cv::Point> &outline : outlines)
        {
          Corners candidate;
          if (cv::contourArea (outline) < smallest * light.total () ||
              !fit_corners (light, outline, candidate))
            continue;
          double strength = edge_strength (light, candidate);
          if (strength <= best)
            continue;
          best = strength;
          corners = candidate;
        }
    }
  return best > 0;
}

/* Begins with the corner from which the side onwards is nearest to level. */
void
begin_upper_left (Corners &corners)
{
  auto slope = [&corners] (int i) {
    cv::Point2f side = corners[(i + 1) % 4] - corners[i];
    return side.x / std::max (1e-6, cv::norm (side));
  };
  int first = 0;
  for (int i = 1; i < 4; i++)
    if (slope (i) > slope (first))
      first = i;
  std::rotate (corners.begin (), corners.begin () + first, corners.end ());
}

/* Proportion of width to height of the sheet between the corners, relative to the camera's middle. Zhang and
 * He, "Whiteboard scanning and image enhancement", 2007, section 3, but for the focal length, which four
 * corners seen nearly from above do not tell. */
double
sheet_proportion (const Corners &corners, cv::Point2f middle, double focal)
{
  cv::Vec3d m[4];
  for (int i = 0; i < 4; i++)
    m[i] = cv::Vec3d (corners[i].x - middle.x, corners[i].y - middle.y, focal);
  cv::Vec3d diagonal = m[0].cross (m[2]);
  cv::Vec3d right = diagonal.dot (m[3]) / m[1].cross (m[2]).dot (m[3]) * m[1] - m[0];
  cv::Vec3d down = diagonal.dot (m[1]) / m[3].cross (m[2]).dot (m[1]) * m[3] - m[0];
  double proportion = cv::norm (right) / std::max (1e-6, cv::norm (down));
  return std::isfinite (proportion) ? std::min (10.0, std::max (0.1, proportion)) : 1;
}

Corners
read_corners (const double *numbers)
{
  Corners corners;
  for (int i = 0; i < 4; i++)
    corners.emplace_back ((float)numbers[2 * i], (float)numbers[2 * i + 1]);
  return corners;
}

} // namespace

const char *
sg_opencv_version (void)
{
  return CV_VERSION;
}

char *
sg_opencv_grey (const guint8 *pixels,
                int width,
                int height,
                int stride,
                int channels,
                guint8 *grey,
                int grey_width,
                int grey_height)
try
  {
    cv::Mat source (height, width, CV_8UC (channels), const_cast<guint8 *> (pixels), stride);
    cv::Mat out (grey_height, grey_width, CV_8U, grey);
    cv::Mat full = source.size () == out.size () ? out : cv::Mat (source.size (), CV_8U);
    if (channels == 4)
      lay_on_paper (source, full);
    else
      cv::cvtColor (source, full, cv::COLOR_RGB2GRAY);
    if (grey_width > width || grey_height > height)
      cv::resize (full, out, out.size (), 0, 0, cv::INTER_CUBIC);
    else if (full.data != out.data)
      sg_pixels_shrink (full.ptr (), width, height, grey, grey_width, grey_height);
    return NULL;
  }
SG_CATCH

char *
sg_opencv_find_sheet (const guint8 *grey, int width, int height, double corners[8], gboolean *found)
try
  {
    cv::Mat small = shrink (wrap (grey, width, height), SHEET_SIDE);
    Corners sheet;
    *found = find_light_sheet (without_lines (small), SMALLEST_SHEET, sheet) ||
             find_light_sheet (without_lines (255 - small), SMALLEST_BOARD, sheet);
    if (!*found)
      return NULL;
    begin_upper_left (sheet);
    for (int i = 0; i < 4; i++)
      {
        corners[2 * i] = (sheet[i].x + 0.5) * width / small.cols - 0.5;
        corners[2 * i + 1] = (sheet[i].y + 0.5) * height / small.rows - 0.5;
      }
    return NULL;
  }
SG_CATCH

void
sg_opencv_sheet_size (const double corners[8], int width, int height, int *flat_width, int *flat_height)
{
  Corners sheet = read_corners (corners);
  double area = cv::contourArea (sheet);
  double proportion = sheet_proportion (sheet, cv::Point2f (0.5f * width, 0.5f * height),
                                        FOCAL_LENGTH * std::max (width, height));
  *flat_width = std::max (1, cvRound (std::sqrt (area * proportion)));
  *flat_height = std::max (1, cvRound (std::sqrt (area / proportion)));
}

char *
sg_opencv_flatten (const guint8 *grey,
                   int width,
                   int height,
                   const double corners[8],
                   guint8 *flat,
                   int flat_width,
                   int flat_height,
                   double to_picture[9])
try
  {
    float rim_x = (float)(SHEET_RIM * flat_width), rim_y = (float)(SHEET_RIM * flat_height);
    float right = flat_width - 1 + rim_x, bottom = flat_height - 1 + rim_y;
    Corners from = { { -rim_x, -rim_y }, { right, -rim_y }, { right, bottom }, { -rim_x, bottom } };
    cv::Mat map = cv::getPerspectiveTransform (from, read_corners (corners));
    cv::Mat out (flat_height, flat_width, CV_8U, flat);
    cv::warpPerspective (wrap (grey, width, height), out, map, out.size (),
                         cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    std::copy (map.begin<double> (), map.end<double> (), to_picture);
    return NULL;
  }
SG_CATCH

char *
sg_opencv_contrast (const guint8 *grey, int width, int height, guint8 *contrast)
try
  {
    cv::Mat small = shrink (wrap (grey, width, height), PAPER_SIDE);
    bool light_ink = is_light_on_dark (small);
    if (light_ink)
      small = 255 - small;
    cv::Mat paper = estimate_paper (small);
    sg_pixels_contrast (grey, width, height, light_ink, paper.ptr (), paper.cols, paper.rows, DARKEST_PAPER,
                        contrast);
    return NULL;
  }
SG_CATCH

char *
sg_opencv_ink_mask (const guint8 *contrast, int width, int height, guint8 *mask)
try
  {
    cv::Mat smooth, out (height, width, CV_8U, mask);
    cv::GaussianBlur (wrap (contrast, width, height), smooth, cv::Size (3, 3), 0);
    double ink_level;
    int threshold = otsu_threshold (histogram_of (smooth), &ink_level);
    if (ink_level < FAINTEST_INK)
      {
        out.setTo (0);
        return NULL;
      }
    double floor = std::max ({ (double)FAINTEST_INK, EDGE_LEVEL * ink_level, 0.5 * threshold });
    cv::Mat level = local_threshold (smooth, floor);
    sg_pixels_mark_above (smooth.ptr (), width, height, level.ptr (), level.cols, level.rows, mask);
    double square = std::pow (line_width (out), 2);
    sg_pieces_keep_ink (mask, width, height, smooth.ptr (), SURE_LEVEL * ink_level,
                        std::max (SMALLEST_INK, SPECK * square));
    sg_pieces_fill_holes (mask, width, height, SPECK * square);
    return NULL;
  }
SG_CATCH

char *
sg_opencv_hollow_spots (
  guint8 *mask, const SgDepth *depth, int width, int height, double radius, gboolean *any_spot)
try
  {
    cv::Mat image (height, width, CV_8U, mask);
    *any_spot = sg_depth_exceeds (depth, SPOT_RADII * radius + 1);
    if (!*any_spot)
      return NULL;
    cv::Mat core = cv::Mat::zeros (image.size (), CV_8U), spots;
    sg_depth_mark_above (depth, SPOT_RADII * radius + 1, core.ptr ());
    cv::dilate (core, spots,
                disc (cvCeil (M_SQRT2 * (SPOT_RADII * radius + 1)))); /* into square corners too */
    cv::bitwise_and (spots, image, spots);
    cv::Mat labels, stats, centroids, inside;
    int n = cv::connectedComponentsWithStats (spots, labels, stats, centroids, 8, CV_32S);
    std::vector<guint8> shadow (n);
    for (int i = 1; i < n; i++)
      shadow[i] = touches_frame (stats, i, spots.size ()) ? 255 : 0;
    cv::erode (spots, inside, disc (std::max (1, cvRound (1.5 * radius))));
    image.setTo (0, inside);
    paint_components (labels, shadow, spots);
    image.setTo (0, spots);
    return NULL;
  }
SG_CATCH

char *
sg_opencv_reference_read (const guint8 *grey, int width, int height, guint *n_shapes)
try
  {
    const cv::Mat picture (height, width, CV_8U, const_cast<guint8 *> (grey));
    cv::Mat smooth;

    cv::GaussianBlur (picture, smooth, cv::Size (5, 5), 0);
    *n_shapes = count_polygons (smooth) + count_circles (smooth);
    return nullptr;
  }
SG_CATCH
