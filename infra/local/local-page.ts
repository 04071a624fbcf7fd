import { createHash } from 'node:crypto';

/** Text made safe for HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const style = `
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; }
main, header { max-width: 60rem; margin: 0 auto; padding: 1rem; }
header { border-bottom: 4px solid #005ea2; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 1rem 0; }
h2 { font-size: 1.25rem; margin: 1.5rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 1rem 0 0.25rem; }
a { color: #005ea2; } a:visited { color: #54278f; }
a:focus, button:focus, input:focus, iframe:focus { outline: 0.25rem solid #2491ff; outline-offset: 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: 0.5rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem; border-bottom: 1px solid #71767a; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; background: #f0f0f0; padding: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; } dd { margin: 0; overflow-wrap: anywhere; }
ul.people { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 0.5rem; }
ul.people button { width: 100%; height: 100%; text-align: left; }
button { font: inherit; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 2px solid #005ea2; border-radius: 0.25rem; background: #fff; color: #005ea2; cursor: pointer; }
button:hover { background: #e7f2f5; }
button span { display: block; color: #3d4551; }
input { font: inherit; min-height: 2.75rem; padding: 0 0.5rem; border: 1px solid #565c65; box-sizing: border-box; width: min(100%, 30rem); }
label { display: block; margin-bottom: 0.25rem; }
iframe { width: 100%; height: 30rem; border: 1px solid #71767a; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing from outside, no scripts; forms may go where the sign-in leads, which is this machine. */
export const pageHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-src 'self'; form-action 'self' http://localhost:* http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
} as const;

/** A page of the embedded default. `body` is HTML; `title` is text. */
export function localPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Priority Partners on this machine</title>
<style>${style}</style>
</head>
<body>
<header>Priority Partners on this machine, for trying out and for tests</header>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}
