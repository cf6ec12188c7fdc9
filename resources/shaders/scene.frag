in vec4 v_color;
#ifdef FRAGMENT_LIT
in vec3 v_place;
in vec3 v_normal;
in vec3 v_material;
#elif defined(SHADOW)
in vec3 v_direct;
#endif
#ifdef SHADOW
in vec3 v_shadow;
uniform highp sampler2DShadow shadow_map;
#endif
#if defined(TEXTURE_2D)
in vec2 v_uv;
uniform sampler2D color_map;
#elif defined(TEXTURE_CUBE)
in vec3 v_uv;
uniform samplerCube color_map;
#endif
#ifdef MIRROR
in float v_in_front;
#endif
#ifdef EDGED
in vec2 v_edge;
#endif
out vec4 color;

void
main ()
{
#ifdef MIRROR
  if (v_in_front < 1e-4)
    discard;
#endif
#if defined(FRAGMENT_LIT)
  vec3 soft, direct;
  shade (v_place, normalize (v_normal), v_color.rgb, v_material, soft, direct);
  if (v_material.y < 0.0)
    {
      soft = v_color.rgb;
      direct = vec3 (0.0);
    }
#elif defined(SHADOW)
  vec3 soft = v_color.rgb, direct = v_direct;
#else
  vec3 soft = v_color.rgb, direct = vec3 (0.0);
#endif
#ifdef SHADOW
  direct *= textureLod (shadow_map, vec3 (v_shadow.xy, min (v_shadow.z, 1.0)), 0.0);
#endif
  color = vec4 (min (soft + direct, vec3 (1.0)), v_color.a);
#if defined(TEXTURE_2D) || defined(TEXTURE_CUBE)
  color *= texture (color_map, v_uv);
#endif
#ifdef EDGED
  vec2 pixel = vec2 (length (vec2 (dFdx (v_edge.x), dFdy (v_edge.x))), length (vec2 (dFdx (v_edge.y), dFdy (v_edge.y))));
  vec2 inside = (1.0 - abs (v_edge)) / max (pixel, vec2 (1e-12)); // pixels
  color.a *= clamp (min (inside.x, inside.y) + 0.5, 0.0, 1.0);
#endif
#ifdef HAZE
  vec3 way = v_place - eye.xyz;
  float reached = fog.w * length (way.xy) / max (-way.z, 1e-6); // 1 where the plane ends
  color.rgb = mix (color.rgb, haze.rgb, clamp ((reached - 1.0 + haze.w) / haze.w, 0.0, 1.0));
#endif
#ifdef FOG
  color.rgb = mix (color.rgb, fog_color.rgb, clamp ((1.0 / gl_FragCoord.w - fog.x) * fog.y, 0.0, 1.0));
#endif
#ifdef DEPTH
  color.rgb = vec3 (clamp (1.0 - fog.z / gl_FragCoord.w, 0.0, 1.0));
#endif
#ifdef MIRROR
  color = vec4 (color.rgb * turning.y, 1.0);
#endif
}
