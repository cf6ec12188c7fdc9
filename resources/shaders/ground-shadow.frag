in vec3 v_shadow;
in float v_distance;
uniform highp sampler2DShadow shadow_map;
out vec4 color;

void
main ()
{
  float lit = 0.0;
  float depth = min (v_shadow.z, 1.0);
  for (int y = -TAPS; y <= TAPS; y++)
    for (int x = -TAPS; x <= TAPS; x++)
      lit += texture (shadow_map, vec3 (v_shadow.xy + vec2 (float (x), float (y)) * vec2 (patch_u.w, patch_v.w), depth));
  lit /= float ((2 * TAPS + 1) * (2 * TAPS + 1));
  color = vec4 (0.06, 0.06, 0.08, (1.0 - lit) * ink.a * exp2 (-v_distance / ground.z));
}
