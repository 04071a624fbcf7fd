/** Who is signed in, as the header shows it. */
export interface SignedIn {
  readonly name: string;
  /** The organization that the person acts for at present. */
  readonly organization?: { readonly name: string };
}
