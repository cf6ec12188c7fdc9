// Red of the atlas is the letter, green the letter with its halo.
in vec2 v_uv;
uniform sampler2D color_map;
uniform vec3 text_ink;
uniform vec3 text_halo;
out vec4 color;

void
main ()
{
  vec2 cover = texture (color_map, v_uv).rg;
  color = vec4 (mix (text_halo, text_ink, cover.r), max (cover.r, 0.85 * cover.g));
}
