in vec4 v_color;
in float v_facing;
out vec4 color;

void
main ()
{
  if (gl_FrontFacing && v_facing < 0.995)
    discard;
  color = v_color;
}
