import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { wordsOf } from '#shared/catalogue/matrix/search-words.ts';
import { askedOf, flatWords, type FlatItem, type FlatWord } from '../flat-items.ts';
import { noCounts, pageSize, type Peer } from './peer.ts';

/** SQLite in memory, as Node brings it, with its full text search FTS5: one statement for each facet. */
export function sqlite(items: readonly FlatItem[]): Peer {
  const db = new DatabaseSync(':memory:');
  db.exec('create table item (place integer primary key, id text)');
  db.exec('create table has (word text, value text, place integer, primary key (word, value, place)) without rowid');
  db.exec("create virtual table said using fts5(text, tokenize = 'unicode61', prefix = '1 2 3')");
  const [item, has, said] = [
    db.prepare('insert into item values (?, ?)'),
    db.prepare('insert into has values (?, ?, ?)'),
    db.prepare('insert into said (rowid, text) values (?, ?)'),
  ];
  db.exec('begin');
  for (const [place, one] of items.entries()) {
    item.run(place, one.id);
    said.run(place, wordsOf(one.text).join(' '));
    for (const word of flatWords) for (const value of one[word]) has.run(word, value, place);
  }
  db.exec('commit');
  const prepared = new Map<string, StatementSync>();
  const statement = (text: string): StatementSync => {
    const known = prepared.get(text) ?? db.prepare(text);
    prepared.set(text, known);
    return known;
  };
  return {
    name: 'node:sqlite',
    search: (query) => {
      const asked = Object.entries(askedOf(query));
      const match = wordsOf(query.q)
        .map((word) => `${word}*`)
        .join(' ');
      /** Which places pass all words but one, with what the question marks stand for. */
      const passing = (leftOut?: FlatWord) => {
        const others = asked.filter(([word]) => word !== leftOut);
        const tests = others.map(
          ([, values]) =>
            `place in (select place from has where word = ? and value in (${values.map(() => '?').join(', ')}))`,
        );
        if (match !== '') tests.push('place in (select rowid from said where said match ?)');
        return {
          where: tests.length === 0 ? '' : `where ${tests.join(' and ')}`,
          values: [...others.flatMap(([word, values]) => [word, ...values]), ...(match === '' ? [] : [match])],
        };
      };
      const { where, values } = passing();
      const total = Number(statement(`select count(*) as total from item ${where}`).get(...values)?.['total']);
      const ids = statement(`select id from item ${where} order by place limit ${pageSize}`).all(...values);
      const counts = noCounts();
      for (const word of flatWords) {
        const others = passing(word);
        const rows = statement(
          `select value, count(*) as total from has ${others.where === '' ? 'where' : `${others.where} and`} word = ? group by value`,
        ).all(...others.values, word);
        for (const row of rows) counts[word].set(String(row['value']), Number(row['total']));
      }
      return { ids: ids.map((row) => String(row['id'])), total, counts };
    },
  };
}
