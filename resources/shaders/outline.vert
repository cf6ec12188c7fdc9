// The back faces, grown by a few pixels on the screen: what shows of them is an outline.
out vec4 v_color;

void
main ()
{
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
    at.xy += way / size * (2.0 * reach * screen.z) / screen.xy * at.w;
  gl_Position = at;
  v_color = vec4 (mix (ink.rgb, i_color.rgb * 0.45, 0.45), i_color.a);
}
