// What is the same for every draw of a frame. The C side is SgFrame in render/frame.h: same order, std140.
struct Light
{
  vec4 position;    // to the light; w 1: a place, 0: a direction
  vec4 axis;        // of the cone; w: cosine of its half angle, -1 for none
  vec4 ambient;     // w: the cone's exponent
  vec4 diffuse;
  vec4 specular;
  vec4 attenuation; // constant, linear, quadratic
};

layout (std140) uniform Frame
{
  mat4 view_projection;
  mat4 unproject;    // its inverse
  mat4 to_shadow;    // world to the shadow map's texture space
  vec4 eye;          // w 1: its place; 0: direction to it
  vec4 screen;       // width, height; outline width, all in pixels
  vec4 key;          // direction to the studio's light; w: how far off a surface its shadow is looked up, m
  vec4 ground;       // floor's height, side of its squares, how far it is seen, whether there is one
  vec4 patch_corner; // the part of floor or paper that shadows fall on: a parallelogram
  vec4 patch_u;      // w: from one look-up of a soft shadow to the next, of the map
  vec4 patch_v;
  vec4 floor_light;
  vec4 floor_dark;
  vec4 sky_low;
  vec4 sky_high;
  vec4 ink;          // of outlines; a: strength of shadows on the ground
  vec4 ambient;      // of no light in particular
  vec4 fog_color;
  vec4 fog;          // distance at which it begins, 1 / how far it takes; 1 / distance that is black as depth; slope at a plane's end
  vec4 haze;         // w: share of the way to the horizon
  vec4 mirror;       // plane of a mirror: normal, offset along it
  vec4 turning;      // y: how strongly the mirror shows; x: how much of paper a stage has, while one becomes the other
  Light lights[8];
};

vec3
to_eye (vec3 place)
{
  return normalize (eye.xyz - place * eye.w);
}
