import { dayIn, millisecondsPerDay, plusMilliseconds, type Day, type Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { areasInUse } from '../programs/areas.ts';
import { titleAtMost, wordsAtMost } from './limits.ts';
import { requestContent, type DraftContent, type RequestContent, type RequestTerms } from './model.ts';

/** One sentence for each refused field, by its path. */
type Fields = Record<string, string>;

const shortestReplyDays = 1;
const longestReplyDays = 180;

export function startSentence(start: Day, at: Instant, terms: RequestTerms): string | undefined {
  return start < dayIn(at, terms.zone) ? 'The start is today or later.' : undefined;
}

/** A deadline less than a day ahead leaves nobody time to answer; one too far ahead keeps partners waiting. */
export function replyBySentence(replyBy: Instant, at: Instant, soonestDays = shortestReplyDays): string | undefined {
  const soonest = plusMilliseconds(at, soonestDays * millisecondsPerDay);
  const latest = plusMilliseconds(at, longestReplyDays * millisecondsPerDay);
  if (replyBy < soonest) return 'Give partners at least 24 hours to reply.';
  return replyBy > latest ? `Ask for replies within ${longestReplyDays} days.` : undefined;
}

/** What in a content is not in the program's vocabulary. */
export function unknownTerms(content: DraftContent, terms: RequestTerms): Fields {
  const fields: Fields = {};
  const { area, funding } = content;
  if (area !== undefined && !areasInUse(terms).some((one) => one.id === area)) {
    fields.area = 'Choose one of the priority areas that the program uses.';
  }
  if (funding !== undefined && !terms.funding.some((one) => one.id === funding && one.active)) {
    fields.funding = 'Choose one of the funding sources in use in the program.';
  }
  return fields;
}

/** The draft as a partner can answer it, or one sentence for each field that still keeps it from being sent. */
export function completed(content: DraftContent, at: Instant, terms: RequestTerms): Result<RequestContent, 'invalid'> {
  const fields = unknownTerms(content, terms);
  if (content.need.title === '') fields['need.title'] = `Give the need a title of 1 to ${titleAtMost} characters.`;
  if (content.need.words === '') fields['need.words'] = `Say what is needed in 1 to ${wordsAtMost} characters.`;
  if (content.area === undefined) fields.area = 'Choose a priority area.';
  if (content.asked.length === 0) fields.asked = 'Choose 1 to 5 partners.';
  const start =
    content.wantedStart === undefined
      ? 'Say when the work should start.'
      : startSentence(content.wantedStart, at, terms);
  if (start !== undefined) fields.wantedStart = start;
  const reply =
    content.replyBy === undefined ? 'Say until when partners can reply.' : replyBySentence(content.replyBy, at);
  if (reply !== undefined) fields.replyBy = reply;
  if (Object.keys(fields).length > 0) {
    return refuse('invalid', 'The request is not complete yet. Each field says what is missing.', fields);
  }
  return ok(requestContent.parse(content));
}
