// Geoms: lit here (vertex lighting) or in scene.frag (fragment lighting).
out vec4 v_color;
#ifdef FRAGMENT_LIT
out vec3 v_place;
out vec3 v_normal;
out vec3 v_material;
#elif defined(SHADOW)
out vec3 v_direct;
#endif
#ifdef SHADOW
out vec3 v_shadow;
#endif
#if defined(TEXTURE_2D)
out vec2 v_uv;
#elif defined(TEXTURE_CUBE)
out vec3 v_uv;
#endif
#ifdef MIRROR
out float v_in_front;
#endif
#ifdef EDGED
out vec2 v_edge; // -1 to 1 from edge to edge

// How far, in the plane's own measure, its edge is moved out here: by some pixels, so that pixels that the edge cuts
// are drawn too.
vec2
grow (vec3 place)
{
  float metre = length (vec3 (view_projection[0][1], view_projection[1][1], view_projection[2][1])) * 0.5 * screen.y;
  float by = 8.0 * max (abs ((view_projection * vec4 (place, 1.0)).w), 1e-6) / max (metre, 1e-9);
  vec2 edge = sign (a_position.xy) * step (0.99999, abs (a_position.xy));
  return edge * min (vec2 (by / length (i_x.xyz), by / length (i_y.xyz)), vec2 (0.5));
}
#endif

void
main ()
{
  vec3 place = world_place ();
#ifdef EDGED
  vec2 out_by = grow (place);
  v_edge = a_position.xy + out_by;
  place += i_x.xyz * out_by.x + i_y.xyz * out_by.y;
#endif
  vec3 normal = world_normal (a_normal);
  vec3 material = vec3 (i_y.w, i_z.w, i_place.w);
  gl_Position = view_projection * vec4 (place, 1.0);
  v_color = i_color;
#ifdef MIRROR
  v_in_front = dot (mirror.xyz, place) - mirror.w;
#endif
#ifdef FRAGMENT_LIT
  v_place = place;
  v_normal = normal;
  v_material = material;
#else
  vec3 soft, direct;
  shade (place, normal, i_color.rgb, material, soft, direct);
  if (material.y < 0.0)
    {
      soft = i_color.rgb;
      direct = vec3 (0.0);
    }
#ifdef SHADOW
  v_color.rgb = soft;
  v_direct = direct;
#else
  v_color.rgb = min (soft + direct, vec3 (1.0));
#endif
#endif
#ifdef SHADOW
  v_shadow = (to_shadow * vec4 (place + normal * key.w, 1.0)).xyz;
#endif
#if defined(TEXTURE_2D)
  vec2 uv = a_uv;
#ifdef EDGED
  uv += vec2 (0.5, -0.5) * out_by;
#endif
  v_uv = (uv - 0.5 * i_texture.z) * i_texture.xy - 0.5 * i_texture.z;
#elif defined(TEXTURE_CUBE)
  v_uv = a_position.xyz * mix (vec3 (1.0), vec3 (length (i_x.xyz), length (i_y.xyz), length (i_z.xyz)), i_texture.x);
#endif
}
