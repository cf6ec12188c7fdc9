// How light falls on a surface: as MuJoCo's fixed-function lights do, or as a studio's one key light with soft
// light from above and below. `direct` is what a shadow takes away, `soft` what it leaves.

#ifdef STUDIO

void
shade (vec3 place, vec3 normal, vec3 albedo, vec3 material, out vec3 soft, out vec3 direct)
{
  float towards = dot (normal, key.xyz);
#ifdef FLAT
  soft = albedo * (0.93 + 0.03 * normal.z);
  direct = albedo * 0.10 * towards;
#else
  vec3 middle = normalize (key.xyz + to_eye (place));
  float facing = max (towards, 0.0);
  float gloss = towards > 0.0 ? pow (max (dot (normal, middle), 0.0), 48.0) : 0.0;
  soft = albedo * (0.64 + 0.10 * normal.z + 0.05 * towards);
  direct = albedo * 0.42 * facing + vec3 (0.14 * gloss);
  soft = mix (soft, albedo * (0.93 + 0.03 * normal.z), turning.x);
  direct = mix (direct, albedo * 0.10 * towards, turning.x);
#endif
  soft += material.x * albedo;
}

#else

void
shade_light (Light light, vec3 place, vec3 normal, vec3 albedo, vec3 material, out vec3 ambient_part, out vec3 lit)
{
  vec3 way = light.position.xyz - place * light.position.w;
  float distance = length (way);
  vec3 towards = way / max (distance, 1e-9);
  float facing = max (dot (normal, towards), 0.0);
  vec3 middle = normalize (towards + to_eye (place));
  float glint = facing > 0.0 ? pow (max (dot (normal, middle), 0.0), max (material.z, 1e-4)) : 0.0;
  float reach = 1.0;
  if (light.position.w > 0.5)
    {
      float along = dot (-towards, light.axis.xyz);
      reach = 1.0 / dot (light.attenuation.xyz, vec3 (1.0, distance, distance * distance));
      reach *= along >= light.axis.w ? pow (max (along, 1e-6), light.ambient.w) : 0.0;
    }
  ambient_part = reach * light.ambient.rgb * albedo;
  lit = reach * (facing * light.diffuse.rgb * albedo + glint * material.y * light.specular.rgb);
}

void
shade (vec3 place, vec3 normal, vec3 albedo, vec3 material, out vec3 soft, out vec3 direct)
{
  soft = albedo * (material.x + ambient.rgb);
  direct = vec3 (0.0);
  vec3 ambient_part, lit;
#define SHADE(i) \
  shade_light (lights[i], place, normal, albedo, material, ambient_part, lit); \
  soft += ambient_part; \
  if (i == 0) \
    direct = lit; \
  else \
    soft += lit;
#if LIGHTS > 0
  SHADE (0)
#endif
#if LIGHTS > 1
  SHADE (1)
#endif
#if LIGHTS > 2
  SHADE (2)
#endif
#if LIGHTS > 3
  SHADE (3)
#endif
#if LIGHTS > 4
  SHADE (4)
#endif
#if LIGHTS > 5
  SHADE (5)
#endif
#if LIGHTS > 6
  SHADE (6)
#endif
#if LIGHTS > 7
  SHADE (7)
#endif
}

#endif
