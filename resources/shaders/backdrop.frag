in vec3 v_ray;
out vec4 color;

#ifdef TEXTURE_CUBE
uniform samplerCube color_map;

void
main ()
{
  color = vec4 (texture (color_map, vec3 (v_ray.x, v_ray.z, -v_ray.y)).rgb, 1.0);
  // haze: thicker from the horizon down to where the plane ends
  float slope = -v_ray.z / max (length (v_ray.xy), 1e-6);
  color.rgb = mix (color.rgb, haze.rgb, haze.w > 0.0 ? clamp (slope / max (fog.w, 1e-6), 0.0, 1.0) : 0.0);
}
#else

// Integral of the wave that is 1 on even and -1 on odd squares.
vec2
wave_area (vec2 x)
{
  return 1.0 - abs (mod (x, 2.0) - 1.0);
}

// -1 to 1: the mean of the checker pattern over a pixel `size` squares wide.
float
checker (vec2 at, vec2 size)
{
  vec2 mean = (wave_area (at + 0.5 * size) - wave_area (at - 0.5 * size)) / size;
  return mean.x * mean.y;
}

void
main ()
{
  vec3 ray = normalize (v_ray);
  vec3 sky = mix (sky_low.rgb, sky_high.rgb, sqrt (max (ray.z, 0.0)));
  float drop = (ground.x - eye.z) / (abs (ray.z) > 1e-5 ? ray.z : 1e-5);
  vec2 at = (eye.xy + ray.xy * drop) / ground.y;
  vec2 size = clamp (fwidth (at), 1e-4, 1e4);
  vec3 floor_color = mix (floor_dark.rgb, floor_light.rgb, 0.5 + 0.5 * checker (at, size));
  float seen = drop > 0.0 ? ground.w * exp2 (-drop / ground.z) : 0.0;
  color = vec4 (mix (sky, floor_color, seen), 1.0);
}
#endif
