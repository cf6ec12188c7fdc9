// The shadow map: what casts none leaves the picture.
uniform mat4 light_projection;

void
main ()
{
  gl_Position = i_texture.w > 0.5 ? light_projection * vec4 (world_place (), 1.0) : vec4 (2.0, 2.0, 2.0, 1.0);
}
