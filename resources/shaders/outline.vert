// A geom grown by a few pixels on the screen, drawn before itself: what shows of it is an outline. Back faces serve
// for all that is round; a flat face that looks straight at the eye serves too, so that a disc on a box has its
// outline on the box. What stands out has a wider one, in any look; without a look's outlines it alone has one.
const float LIT_WIDTH = 3.5;                    // pixels more
const vec3 LIT_COLOR = vec3 (0.21, 0.52, 0.89); // as what is selected in the drawing

out vec4 v_color;
out float v_facing;

void
main ()
{
  float width = screen.z * (1.0 - i_state.y) + i_state.x * LIT_WIDTH;
  if (width <= 0.0)
    {
      gl_Position = vec4 (2.0, 2.0, 2.0, 1.0);
      return;
    }
  vec3 place = world_place ();
  vec3 outwards = a_outline.w > 0.5
                    ? world_normal (a_outline.xyz)
                    : normalize (i_x.xyz) * a_outline.x + normalize (i_y.xyz) * a_outline.y
                        + normalize (i_z.xyz) * a_outline.z;
  vec4 at = view_projection * vec4 (place, 1.0);
  vec4 beyond = view_projection * vec4 (place + outwards * 0.001, 1.0);
  vec2 way = (beyond.xy / beyond.w - at.xy / at.w) * screen.xy;
  float size = length (way);
  // how far the direction goes on the screen: a box's corner must go out by the width along both of its edges
  float metre = length (vec3 (view_projection[0][1], view_projection[1][1], view_projection[2][1])) / at.w * screen.y;
  float reach = a_outline.w > 0.5 ? 1.0 : clamp (size / (0.001 * metre), 0.7, 1.5);
  if (size > 1e-9)
    at.xy += way / size * (2.0 * reach * width) / screen.xy * at.w;
  bool flat_face = a_outline.w < 0.5 || dot (normalize (a_outline.xyz), a_normal) < 0.95;
  v_facing = flat_face ? dot (world_normal (a_normal), to_eye (place)) : 0.0;
  gl_Position = at;
  v_color = vec4 (mix (mix (ink.rgb, i_color.rgb * 0.45, 0.45), LIT_COLOR, i_state.x), i_color.a);
}
