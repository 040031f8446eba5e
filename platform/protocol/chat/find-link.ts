/** Endings that are seldom the beginning of a sentence after a forgotten space. */
const commonEndings: ReadonlySet<string> = new Set(
  (
    'com net org info biz edu gov mil int io app dev xyz site online store shop club live link click top vip ' +
    'gg tv co cc eu uk de fr es pl nl ru ua cn jp kr br mx ca au se dk fi cz sk hu ro gr pt tr il ir th vn ' +
    'ly me news blog page space website world cloud pro mobi name chat fun art icu win bet casino porn sex xxx'
  ).split(' '),
);
/** English words too: they count only where a path follows, as in `t.me/x`. */
const wordEndings: ReadonlySet<string> = new Set(['me', 'name', 'fun', 'art', 'win', 'live', 'pro', 'news']);

const scheme = /(?:h(?:tt|xx)ps?|ftp|wss?):\/\//;
const unseen = /\p{DI}/gu;
/** `(dot)`, `[.]`, ` dot `, and full stops of other scripts. */
const writtenDot = /\s?[([{]\s?(?:dot|\.)\s?[)\]}]\s?|\sdot\s|[。．｡․]/g;
const labelEnd = /[\p{L}\p{N}]$/u;
const ending = /^([a-z]{2,24})(.?)/u;
const address = /(?:^|[^\d.])(?:\d{1,3}\.){3}\d{1,3}(?:[:/]|$)/;

/** True when a text has something to follow: an address of a page or of a mailbox, also a poorly hidden one. Pure. */
export function hasLink(text: string): boolean {
  const plain = text.normalize('NFKC').replace(unseen, '').toLowerCase().replace(writtenDot, '.');
  return scheme.test(plain) || plain.split(/\s+/u).some(isLink);
}

function isLink(token: string): boolean {
  if (address.test(token)) return true;
  const labels = token.split('.');
  return labels.some((label, index) => index > 0 && isName(labels[index - 1] ?? '', label, labels[0] ?? ''));
}

/** `before` and `label` stand left and right of a dot. */
function isName(before: string, label: string, first: string): boolean {
  if (!labelEnd.test(before)) return false;
  const found = ending.exec(label);
  if (found === null) return false;
  const [, name = '', after = ''] = found;
  if (after === '/') return true;
  // What goes on is a longer word, or another label.
  if (/[\p{L}\p{N}_-]/u.test(after)) return false;
  const isNamed = first.startsWith('www') || before.includes('@');
  return isNamed || (commonEndings.has(name) && !wordEndings.has(name));
}
