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
/* Ink up to this share of the picture's larger side wide is told from paper. */
const double WIDEST_INK = 0.25;
/* A board or paper darker than this is taken as this dark: what is black in black is noise. */
const int DARKEST_PAPER = 64;
/* Where ink begins, as a share of the contrast of the ink. */
const double EDGE_LEVEL = 0.4;
/* Contrast below this is never ink; paper texture and JPEG noise stay under it. */
const int FAINTEST_INK = 22;
/* Specks are smaller than this share of a square as wide as the lines, or than this many pixels. */
const double SPECK = 0.5, SMALLEST_INK = 5;
/* What is this many times as thick as the lines is no line. */
const double SPOT_RADII = 2.8;

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

cv::Mat
on_white_paper (const cv::Mat &rgba)
{
  cv::Mat grey (rgba.size (), CV_8U);
  for (int y = 0; y < rgba.rows; y++)
    {
      const guint8 *from = rgba.ptr (y);
      guint8 *to = grey.ptr (y);
      for (int x = 0; x < rgba.cols; x++, from += 4)
        {
          int luma = (77 * from[0] + 150 * from[1] + 29 * from[2] + 128) >> 8;
          to[x] = 255 + (luma - 255) * from[3] / 255;
        }
    }
  return grey;
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

/* Lines are a minority that deviates one way from the level around them: the third moment says which way. */
bool
is_light_on_dark (const cv::Mat &small)
{
  int side = odd (0.15 * std::max (small.cols, small.rows));
  cv::Mat around;
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
  guint count[256] = { 0 };
  for (int y = 0; y < image.rows; y++)
    for (const guint8 *p = image.ptr (y); p < image.ptr (y) + image.cols; p++)
      count[*p]++;
  return std::vector<double> (count, count + 256);
}

/* Half the ink's contrast is where its edge lies. How strong the ink is differs over a page (pressure, two
 * pens), so it is looked up around each pixel, but never taken as fainter than `floor`. */
cv::Mat
local_threshold (const cv::Mat &contrast, double floor)
{
  cv::Mat small;
  double scale = std::min (1.0, (double)PAPER_SIDE / std::max (contrast.cols, contrast.rows));
  cv::Size size (std::max (1, cvRound (contrast.cols * scale)),
                 std::max (1, cvRound (contrast.rows * scale)));
  cv::resize (contrast, small, size, 0, 0, cv::INTER_AREA);
  int side = odd (std::max (size.width, size.height) / 12);
  cv::dilate (small, small, cv::getStructuringElement (cv::MORPH_RECT, cv::Size (side, side)));
  cv::GaussianBlur (small, small, cv::Size (side, side), 0);
  cv::Mat threshold;
  small.convertTo (threshold, CV_8U, 0.5);
  cv::max (threshold, floor, threshold);
  cv::resize (threshold, threshold, contrast.size (), 0, 0, cv::INTER_LINEAR);
  return threshold;
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

void
clear_frame (cv::Mat &mask)
{
  cv::rectangle (mask, cv::Rect (0, 0, mask.cols, mask.rows), cv::Scalar (0), 1);
}

/* Mean width of the lines in the mask: each pixel of length has two of border. */
double
line_width (const cv::Mat &mask)
{
  cv::Mat inside;
  cv::erode (mask, inside, cv::getStructuringElement (cv::MORPH_CROSS, cv::Size (3, 3)));
  double area = cv::countNonZero (mask), border = area - cv::countNonZero (inside);
  return border > 0 ? 2 * area / border : 0;
}

/* Values of a mask while pieces of it are looked at. */
const guint8 PAPER = 0, SEEN = 1, WIDE_PAPER = 2, INK = 255;

/* Collects in `piece` the pixels of the same value that hang together with `start` by the `n` offsets, and
 * gives them the value SEEN. Gives up, and says so, beyond `most` pixels or next to wide paper. A piece
 * costs what its pixels cost, where OpenCV's labels cost the whole picture. */
bool
flood (guint8 *mask, int start, const int *offsets, int n, double most, std::vector<int> &piece)
{
  const guint8 value = mask[start];
  piece.assign (1, start);
  mask[start] = SEEN;
  for (size_t next = 0; next < piece.size (); next++)
    for (int k = 0; k < n; k++)
      {
        int at = piece[next] + offsets[k];
        if (piece.size () > most || mask[at] == WIDE_PAPER)
          return false;
        if (mask[at] != value)
          continue;
        mask[at] = SEEN;
        piece.push_back (at);
      }
  return true;
}

void
paint (guint8 *mask, const std::vector<int> &piece, guint8 value)
{
  for (int at : piece)
    mask[at] = value;
}

/* Keeps the pieces of ink that have a pixel in `seeds` and more than `speck` pixels. */
void
keep_ink (cv::Mat &mask, const cv::Mat &seeds, double speck)
{
  const int n = (int)mask.total (), w = mask.cols, offsets[] = { -w - 1, -w, -w + 1, -1, 1, w - 1, w, w + 1 };
  guint8 *pixels = mask.ptr ();
  const guint8 *seed = seeds.ptr ();
  std::vector<int> piece;
  for (int at = 0; at < n; at++)
    {
      if (pixels[at] != INK)
        continue;
      flood (pixels, at, offsets, 8, n, piece);
      bool seeded = std::any_of (piece.begin (), piece.end (), [seed] (int p) { return seed[p] != 0; });
      if (!seeded || piece.size () <= speck)
        paint (pixels, piece, PAPER);
    }
  cv::compare (mask, PAPER, mask, cv::CMP_NE);
}

/* Paper inside ink of at most `speck` pixels is a flaw of the pen. */
void
fill_specks (cv::Mat &mask, double speck)
{
  const int n = (int)mask.total (), w = mask.cols, offsets[] = { -w, -1, 1, w };
  guint8 *pixels = mask.ptr ();
  std::vector<int> piece;
  cv::rectangle (mask, cv::Rect (0, 0, mask.cols, mask.rows), cv::Scalar (WIDE_PAPER), 1);
  for (int at = 0; at < n; at++)
    for (int k = 0; pixels[at] == INK && k < 4; k++)
      if (pixels[at + offsets[k]] == PAPER)
        {
          bool hole = flood (pixels, at + offsets[k], offsets, 4, speck, piece);
          paint (pixels, piece, hole ? INK : WIDE_PAPER);
        }
  cv::compare (mask, INK, mask, cv::CMP_EQ);
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

} // namespace

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
    cv::Mat full;
    if (channels == 4)
      full = on_white_paper (source);
    else
      cv::cvtColor (source, full, cv::COLOR_RGB2GRAY);
    cv::Mat out (grey_height, grey_width, CV_8U, grey);
    cv::resize (full, out, out.size (), 0, 0, grey_width > width ? cv::INTER_CUBIC : cv::INTER_AREA);
    return NULL;
  }
SG_CATCH

char *
sg_opencv_contrast (const guint8 *grey, int width, int height, guint8 *contrast)
try
  {
    cv::Mat image = wrap (grey, width, height);
    double scale = std::min (1.0, (double)PAPER_SIDE / std::max (width, height));
    cv::Size size (std::max (1, cvRound (width * scale)), std::max (1, cvRound (height * scale)));
    cv::Mat small;
    cv::resize (image, small, size, 0, 0, cv::INTER_AREA);
    if (is_light_on_dark (small))
      {
        small = 255 - small;
        image = 255 - image;
      }
    cv::Mat paper, difference, out (height, width, CV_8U, contrast);
    cv::resize (estimate_paper (small), paper, image.size (), 0, 0, cv::INTER_LINEAR);
    cv::subtract (paper, image, difference);
    cv::max (paper, DARKEST_PAPER, paper);
    cv::divide (difference, paper, out, 255);
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
    cv::compare (smooth, local_threshold (smooth, floor), out, cv::CMP_GT);
    clear_frame (out);
    double square = std::pow (line_width (out), 2);
    keep_ink (out, smooth > 0.7 * ink_level, std::max (SMALLEST_INK, SPECK * square));
    fill_specks (out, SPECK * square);
    return NULL;
  }
SG_CATCH

char *
sg_opencv_distance (const guint8 *mask, int width, int height, float *distance)
try
  {
    cv::Mat out (height, width, CV_32F, distance);
    cv::distanceTransform (wrap (mask, width, height), out, cv::DIST_L2, 5);
    return NULL;
  }
SG_CATCH

char *
sg_opencv_hollow_spots (
  guint8 *mask, const float *distance, int width, int height, double radius, gboolean *any_spot)
try
  {
    cv::Mat image (height, width, CV_8U, mask);
    cv::Mat depth (height, width, CV_32F, const_cast<float *> (distance));
    cv::Mat core = depth > SPOT_RADII * radius + 1, spots;
    *any_spot = cv::countNonZero (core) > 0;
    if (!*any_spot)
      return NULL;
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
