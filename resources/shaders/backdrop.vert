// One triangle over the whole view, behind everything.
out vec3 v_ray;

void
main ()
{
  vec2 corner = vec2 (gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  vec4 far = unproject * vec4 (corner, 1.0, 1.0);
  v_ray = eye.w > 0.5 ? far.xyz / far.w - eye.xyz : vec3 (0.0, 1.0, 0.5 + 0.5 * corner.y);
  gl_Position = vec4 (corner, 1.0, 1.0);
}
