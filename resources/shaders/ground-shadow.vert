// The patch of floor or paper that shadows fall on, behind everything that stands on it.
out vec3 v_shadow;
out float v_distance;

void
main ()
{
  vec3 place = patch_corner.xyz + float (gl_VertexID & 1) * patch_u.xyz + float (gl_VertexID >> 1) * patch_v.xyz;
  v_shadow = (to_shadow * vec4 (place, 1.0)).xyz;
  v_distance = length (eye.xyz - place) * eye.w;
  gl_Position = view_projection * vec4 (place, 1.0);
  gl_Position.z = gl_Position.w * 0.999999;
}
