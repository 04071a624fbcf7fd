import type { Random } from './random.ts';

/** What districts and partners write to each other. `{area}` and `{grades}` are filled in. */

const titles = [
  'Help with {area}, {grades}',
  '{area}: a partner for two years',
  'A first year of work on {area}',
  '{area} in our {grades} schools',
  'Someone to work with our teams on {area}',
] as const;

const needs = [
  "Our plan names {area} as this year's first aim. Teams meet, but little changes in classrooms afterwards. We look for somebody who works with them at least twice a month.",
  'Two of our schools are new to this and one has done it for a year. We want one partner for all three and one way of working.',
  'Results have not moved for three years. We want to try something with evidence behind it, and to know by January whether it helps.',
  'The work was begun by staff who have left. We need help to pick it up again and to train the people who are here now.',
  'Families tell us that this matters most to them. We have money for one year and would add a second if it goes well.',
] as const;

export const interestedWords = [
  'We can start with a visit next month and would send the same two coaches all year.',
  'The price covers all schools named. Travel is included.',
  'We suggest beginning with one school and adding the others after the winter break.',
  '',
  'We have done this in two districts of your size and can put you in touch with them.',
] as const;

export const questions = [
  'How many teacher teams would take part in each school?',
  'Is common planning time on the schedule already?',
  'Would visits by video be acceptable in the winter months?',
  'Who would lead the work on your side?',
  'Can the start move by three weeks?',
] as const;

export const replies = [
  'Between four and six teams in each school.',
  'Yes, twice a week.',
  'Yes, for up to a third of the visits.',
  'An assistant superintendent, with one principal.',
  'By two weeks at the most.',
] as const;

export const comments = [
  'The second answer fits our calendar better.',
  'I would like to hear from a district that has worked with them.',
  'The price is within what the board approved.',
  'Can we ask them how they report results?',
] as const;

export const awardWords = [
  'The clearest plan and a start that fits.',
  'Results in districts like ours, at a price we can carry.',
  'Teachers preferred this one after the meeting.',
] as const;

const goals = [
  '{n} percent of students in {grades} reach the fall-to-spring growth aim',
  'Chronic absence falls by {m} points in the schools that take part',
  'All teacher teams in {grades} use the shared planning routine each week',
  '{n} percent of teachers rate the coaching as useful in the spring survey',
  'Every school team reviews its data once a month from October on',
  'At least {n} percent of ninth graders earn the credits they need',
  'Students who report feeling safe at school rise by {m} points',
] as const;

export function requestWords(
  random: Random,
  area: string,
  grades: string,
): { readonly title: string; readonly words: string } {
  const fill = (text: string): string => {
    const filled = text.replaceAll('{area}', area.toLowerCase()).replaceAll('{grades}', grades);
    return filled.charAt(0).toUpperCase() + filled.slice(1);
  };
  return { title: fill(random.pick(titles)).slice(0, 160), words: fill(random.pick(needs)) };
}

export function goalWords(random: Random, grades: string): string {
  return random
    .pick(goals)
    .replace('{grades}', grades)
    .replace('{n}', String(random.whole(11, 18) * 5))
    .replace('{m}', String(random.whole(2, 7)));
}
