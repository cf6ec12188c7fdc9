void
main ()
{
}
