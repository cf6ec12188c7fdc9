// One geom, as the instanced attributes bring it: SgInstance in render/instances.h. A mesh with ends (a capsule, a
// spring) is stretched along its z axis by moving what belongs to each end, so that its radius stays round.
in vec4 a_position; // w: the end it belongs to, -1 to 1
in vec3 a_normal;
in vec4 a_outline;  // direction outwards, the same for all corners at a place; w 1: scaled like a normal
in vec2 a_uv;
in vec4 i_x;        // axes, scaled; w: half length between the ends
in vec4 i_y;        // w: emission
in vec4 i_z;        // w: specular, negative: not lit at all
in vec4 i_place;    // w: shininess
in vec4 i_color;
in vec4 i_texture;  // scale; z: whether about the texture's middle; w: whether it casts a shadow
in vec4 i_state;    // x: whether it stands out; y: whether it has no outline otherwise

vec3
world_place ()
{
  return i_place.xyz + i_x.xyz * a_position.x + i_y.xyz * a_position.y + i_z.xyz * a_position.z
         + normalize (i_z.xyz) * (a_position.w * i_x.w);
}

vec3
world_normal (vec3 n)
{
  return normalize (i_x.xyz * (n.x / dot (i_x.xyz, i_x.xyz)) + i_y.xyz * (n.y / dot (i_y.xyz, i_y.xyz))
                    + i_z.xyz * (n.z / dot (i_z.xyz, i_z.xyz)));
}
