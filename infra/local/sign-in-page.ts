import { escapeHtml } from './local-page.ts';

/** Somebody one can be on this machine. */
export interface DemonstrationPerson {
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  /** The program's name as shown, such as that of the state. */
  readonly program: string;
  readonly organization: string;
  readonly role: string;
}

/** More buttons than this help nobody: the text field narrows the list. */
const mostShown = 120;

/** The list of people as one plain form with a button each, by program and organization; HTML. */
export function signInBody(people: readonly DemonstrationPerson[], url: URL): string {
  if (people.length === 0) return '<p>There is nobody to sign in as: the store holds no demonstration people yet.</p>';
  const wanted = (url.searchParams.get('q') ?? '').trim();
  const found = people.filter((person) => matches(person, wanted));
  const shown = found.slice(0, mostShown);
  return `<p>No password is asked for: this page exists on this machine only, and its people are for demonstration.</p>
<form method="get" action="${escapeHtml(url.pathname)}" role="search">
<label for="q">Find by name, organization, role or program</label>
<input id="q" name="q" type="text" autocomplete="off" value="${escapeHtml(wanted)}">
<button type="submit">Find</button>
</form>
<p>${countWords(shown.length, found.length, people.length)}</p>
${shown.length === 0 ? `<p><a href="${escapeHtml(url.pathname)}">Show everybody</a></p>` : ''}
<form method="post" action="${escapeHtml(url.pathname)}">
${programs(shown)}
</form>`;
}

function matches(person: DemonstrationPerson, wanted: string): boolean {
  const text = `${person.name} ${person.organization} ${person.role} ${person.program}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function countWords(shown: number, found: number, all: number): string {
  if (shown < found) return `The first ${shown} of ${found} people. Find by text to see others.`;
  return found === all ? `${all} people.` : `${found} of ${all} people.`;
}

function programs(people: readonly DemonstrationPerson[]): string {
  return [...Map.groupBy(people, (person) => person.program)]
    .map(([program, members]) => `<h2>${escapeHtml(program)}</h2>\n${organizations(members)}`)
    .join('\n');
}

function organizations(people: readonly DemonstrationPerson[]): string {
  return [...Map.groupBy(people, (person) => person.organization)]
    .map(([organization, members]) => {
      const buttons = members.map(
        (person) =>
          `<li><button type="submit" name="sub" value="${escapeHtml(person.sub)}">${escapeHtml(person.name)} <span>${escapeHtml(person.role)}</span></button></li>`,
      );
      return `<h3>${escapeHtml(organization)}</h3>\n<ul class="people">\n${buttons.join('\n')}\n</ul>`;
    })
    .join('\n');
}
