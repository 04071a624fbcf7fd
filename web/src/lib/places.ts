import type { Belonging } from './accounts/session.ts';
import { worksIn } from './accounts/works-in.ts';

interface Place {
  readonly href: string;
  readonly label: string;
}

/** What each kind of organization works with, beside its home. */
const workplaces: Readonly<Record<Belonging['kind'], readonly { readonly path: string; readonly label: string }[]>> = {
  district: [{ path: 'requests', label: 'Requests' }],
  partner: [
    { path: 'invitations', label: 'Requests to you' },
    { path: 'listing', label: 'Listing' },
  ],
  agency: [{ path: 'demand', label: 'Demand' }],
};

/** The pages of a program, as its header lists them: the public ones, and those of whoever works in it. */
export function placesOf(program: string, acting: Belonging | undefined): readonly Place[] {
  const own = acting !== undefined && worksIn(acting, program) ? workplaces[acting.kind] : undefined;
  return [
    { href: `/${program}`, label: 'Program' },
    { href: `/${program}/partners`, label: 'Partners' },
    { href: `/${program}/changes`, label: 'What changed' },
    ...(own === undefined ? [] : [{ href: `/${program}/home`, label: 'Your home' }]),
    ...(own ?? []).map(({ path, label }) => ({ href: `/${program}/${path}`, label })),
  ];
}

/** The pages about the site, as its footer lists them; a program has its own open data. */
export function placesAbout(program: string | undefined): readonly Place[] {
  return [
    { href: '/accessibility', label: 'Accessibility' },
    { href: '/privacy', label: 'Privacy' },
    { href: '/terms', label: 'Terms of use' },
    ...(program === undefined
      ? [{ href: '/docs', label: 'Open data and API' }]
      : [
          { href: `/${program}/open-data`, label: 'Open data' },
          { href: '/docs', label: 'API' },
        ]),
  ];
}
