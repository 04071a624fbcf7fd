/** The pages of a program, as its header lists them: the public ones, and the home of whoever is signed in. */
export function placesOf(
  program: string,
  signedIn: boolean,
): readonly { readonly href: string; readonly label: string }[] {
  return [
    { href: `/${program}`, label: 'Program' },
    { href: `/${program}/partners`, label: 'Partners' },
    { href: `/${program}/changes`, label: 'What changed' },
    ...(signedIn ? [{ href: `/${program}/home`, label: 'Your home' }] : []),
  ];
}
