import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, answerJson, answerText } from './http-answer.ts';
import { escapeHtml, localPage, pageHeaders } from './local-page.ts';
import type { MailMessage, MailStore } from './mail-store.ts';

const pageLength = 50;

/** `/mailbox?to=&page=`, `/mailbox/<id>`, `/mailbox/<id>/html` and `/mailbox.json?to=`. */
export function answerMailbox(store: MailStore, request: IncomingMessage, response: ServerResponse, url: URL): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answerText(response, 405, 'The mailbox can only be read.');
    return;
  }
  const to = url.searchParams.get('to') ?? '';
  if (url.pathname === '/mailbox.json') {
    answerJson(response, 200, { messages: store.list(to) });
    return;
  }
  const [, , id, part] = url.pathname.split('/');
  if (id === undefined || id === '') {
    page(response, 200, 'Mailbox', listBody(store.list(to), to, Number(url.searchParams.get('page') ?? '1')));
    return;
  }
  const mail = store.get(id);
  if (mail === undefined) page(response, 404, 'No such mail', '<p><a href="/mailbox">Back to the mailbox</a></p>');
  else if (part === 'html') htmlPart(response, mail);
  else page(response, 200, mail.subject === '' ? 'Mail without a subject' : mail.subject, mailBody(mail));
}

function page(response: ServerResponse, status: number, title: string, body: string): void {
  answer(response, status, 'text/html; charset=utf-8', localPage(title, body), pageHeaders);
}

const staysHere = '<p>No mail leaves this machine: everything that the program sends ends here.</p>';

function listBody(mails: readonly MailMessage[], to: string, wanted: number): string {
  const pages = Math.max(1, Math.ceil(mails.length / pageLength));
  const number = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 1), pages) : 1;
  const shown = mails.slice((number - 1) * pageLength, number * pageLength);
  return `${staysHere}
<form method="get" action="/mailbox" role="search">
<label for="to">Only mail to this address</label>
<input id="to" name="to" type="text" inputmode="email" autocomplete="off" spellcheck="false" value="${escapeHtml(to)}">
<button type="submit">Show</button>
</form>
${shown.length === 0 ? emptyList(to) : mailTable(shown, mails.length, number, pages)}
${pageLinks(to, number, pages)}`;
}

function emptyList(to: string): string {
  if (to === '') return '<p>Nothing has been sent yet. Mail appears here when somebody is to be told something.</p>';
  return `<p>No mail to ${escapeHtml(to)}. <a href="/mailbox">Show all mail</a></p>`;
}

function mailTable(mails: readonly MailMessage[], total: number, number: number, pages: number): string {
  const place = pages === 1 ? '' : `, page ${number} of ${pages}`;
  const rows = mails.map(
    (mail) => `<tr>
<th scope="row"><a href="/mailbox/${mail.id}">${escapeHtml(mail.subject === '' ? '(no subject)' : mail.subject)}</a></th>
<td>${escapeHtml(mail.to.join(', '))}</td>
<td><time datetime="${escapeHtml(mail.at)}">${escapeHtml(timeWords(mail.at))}</time></td>
</tr>`,
  );
  return `<table>
<caption>${total} ${total === 1 ? 'mail' : 'mails'}, newest first${place}</caption>
<thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Sent</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function pageLinks(to: string, number: number, pages: number): string {
  const link = (page: number, words: string): string =>
    `<a href="/mailbox?${escapeHtml(new URLSearchParams({ ...(to === '' ? {} : { to }), page: String(page) }).toString())}">${words}</a>`;
  const links = [
    ...(number > 1 ? [link(number - 1, 'Newer mail')] : []),
    ...(number < pages ? [link(number + 1, 'Older mail')] : []),
  ];
  return links.length === 0 ? '' : `<nav aria-label="Pages"><p>${links.join(' ')}</p></nav>`;
}

function mailBody(mail: MailMessage): string {
  const html =
    mail.html === ''
      ? ''
      : `<h2>As it looks in a mail program</h2>
<p>Shown in a frame that can load nothing and run nothing.</p>
<iframe src="/mailbox/${mail.id}/html" sandbox="" title="The mail in its own layout"></iframe>`;
  return `<p><a href="/mailbox">Back to the mailbox</a></p>
<dl>
<dt>To</dt><dd>${escapeHtml(mail.to.join(', '))}</dd>
<dt>From</dt><dd>${escapeHtml(mail.from)}</dd>
<dt>Sent</dt><dd><time datetime="${escapeHtml(mail.at)}">${escapeHtml(timeWords(mail.at))}</time></dd>
</dl>
<h2>Text</h2>
<pre>${withLinks(mail.text)}</pre>
${html}
${staysHere}`;
}

/** One-time links in a mail should be usable where the mail is read. */
function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/)
    .map((part, index) =>
      index % 2 === 1 ? `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>` : escapeHtml(part),
    )
    .join('');
}

function htmlPart(response: ServerResponse, mail: MailMessage): void {
  answer(response, 200, 'text/html; charset=utf-8', mail.html, {
    // The mail's own styles may show; scripts, forms, frames, pictures and fonts from anywhere may not.
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    'referrer-policy': 'no-referrer',
  });
}

function timeWords(at: string): string {
  return new Intl.DateTimeFormat('en-US', {
    dateStyle: 'medium',
    timeStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(at));
}
