/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * share-run [free]: a run of 120 moving bodies for tests/eval/share.py, in real time or (free) as fast as it
 * goes. A word a line on standard input, a line of JSON for each on standard output:
 *   share    begins to share: its url       rate     steps a second since the last "rate", MB of memory
 *   unshare  ends it                        guests   frames sent and dropped, by guest; the last figures */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "sim/simulation.h"
#include "stream/share.h"

typedef struct
{
  SgSimulation *simulation;
  SgTap *tap;
  SgShare *share;
  GMainLoop *loop;
  guint64 steps;
  gint64 since_us;
} Run;

#define PENDULUMS 40

/* Triple pendulums, which are never where one expects them: some 20 KB a second to each guest. */
static SgModel *
make_model (void)
{
  g_autoptr (GString) mjcf = g_string_new ("<mujoco><option timestep='.002'/><worldbody>");
  g_autoptr (GString) turns = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  SgModel *model;

  for (guint i = 0; i < PENDULUMS; i++)
    {
      g_string_append_printf (mjcf, "<body pos='%u 0 2'>", i);
      for (guint k = 0; k < 3; k++)
        g_string_append_printf (mjcf,
                                "%s<joint type='hinge' axis='0 1 0'/><geom type='capsule' size='.02' "
                                "fromto='0 0 0 .4 0 0' contype='0' conaffinity='0'/>",
                                k > 0 ? "<body pos='.4 0 0'>" : "");
      g_string_append (mjcf, "</body></body></body>");
      g_string_append_printf (turns, "%g .5 -.7 ", -1.5 + 0.2 * i);
    }
  g_string_append_printf (mjcf, "</worldbody><keyframe><key name='start' qpos='%s'/></keyframe></mujoco>",
                          turns->str);
  model = sg_model_compile (mjcf->str, &error);
  g_assert_no_error (error);
  return model;
}

static void
print (json_t *line)
{
  g_autoptr (json_t) owned = line;
  g_autofree char *text = sg_json_dump (owned, 0);

  puts (text);
  fflush (stdout);
}

static double
resident_mb (void)
{
  g_autofree char *statm = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL))
    return 0;
  return g_ascii_strtoull (strchr (statm, ' '), NULL, 10) * (double)sysconf (_SC_PAGESIZE) / (1 << 20);
}

static void
print_rate (Run *run)
{
  gint64 now = g_get_monotonic_time ();
  SgSimulationStats stats;

  sg_simulation_get_stats (run->simulation, &stats);
  print (json_pack ("{s:f, s:f, s:f}", "steps_per_second",
                    (stats.steps - run->steps) * 1e6 / (double)(now - run->since_us), "drift", stats.drift,
                    "memory_mb", resident_mb ()));
  run->steps = stats.steps;
  run->since_us = now;
}

static void
begin_share (Run *run)
{
  const SgShareOptions options = { .address = "127.0.0.1" };

  run->share = sg_share_new (run->tap, &options, NULL);
  sg_simulation_set_tap (run->simulation, run->tap);
  print (json_pack ("{s:s}", "url", sg_share_get_url (run->share)));
}

static void
end_share (Run *run)
{
  sg_simulation_set_tap (run->simulation, NULL);
  g_clear_object (&run->share);
  print (json_object ());
}

static void
print_guests (Run *run)
{
  g_autoptr (GPtrArray) guests = sg_share_dup_guests (run->share);
  json_t *list = json_array ();
  SgShareFigures figures;

  sg_share_get_figures (run->share, &figures);
  for (guint i = 0; i < guests->len; i++)
    {
      const SgShareGuest *guest = guests->pdata[i];

      json_array_append_new (list, json_pack ("[i, I, I]", (int)guest->id, (json_int_t)guest->n_sent,
                                              (json_int_t)guest->n_dropped));
    }
  print (json_pack ("{s:o, s:f, s:f, s:f, s:f, s:I}", "guests", list, "ratio", figures.ratio, "encode_p50_us",
                    figures.encode_p50, "encode_p99_us", figures.encode_p99, "round_trip_ms",
                    figures.round_trip * 1e3, "queue", (json_int_t)figures.queue));
}

static gboolean
command_cb (GIOChannel *channel, GIOCondition condition, gpointer data)
{
  Run *run = data;
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (run->loop);
      return G_SOURCE_REMOVE;
    }
  g_strchomp (line);
  if (g_str_equal (line, "share"))
    begin_share (run);
  else if (g_str_equal (line, "unshare"))
    end_share (run);
  else if (g_str_equal (line, "guests"))
    print_guests (run);
  else
    print_rate (run);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (SgModel) model = make_model ();
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (STDIN_FILENO);
  Run run = { sg_simulation_new (), sg_tap_new (), NULL, g_main_loop_new (NULL, FALSE), 0, 0 };

  sg_simulation_set_model (run.simulation, model);
  sg_simulation_set_unthrottled (run.simulation, argc > 1 && g_str_equal (argv[1], "free"));
  sg_simulation_play (run.simulation);
  run.since_us = g_get_monotonic_time ();
  g_io_channel_set_flags (channel, G_IO_FLAG_NONBLOCK, NULL);
  g_io_add_watch (channel, G_IO_IN | G_IO_HUP, command_cb, &run);
  g_main_loop_run (run.loop);
  g_clear_object (&run.share);
  g_object_unref (run.simulation);
  sg_tap_unref (run.tap);
  g_main_loop_unref (run.loop);
  return 0;
}
