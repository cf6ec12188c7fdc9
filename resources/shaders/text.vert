// Letters: a_position has x and y in pixels from the upper left and the place in the atlas.
in vec4 a_position;
uniform vec2 text_size; // of the picture, pixels
out vec2 v_uv;

void
main ()
{
  v_uv = a_position.zw;
  gl_Position = vec4 (a_position.x / text_size.x * 2.0 - 1.0, 1.0 - a_position.y / text_size.y * 2.0, 0.0, 1.0);
}
