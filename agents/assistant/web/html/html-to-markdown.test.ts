import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlToMarkdown } from './html-to-markdown.ts';

const url = new URL('https://page.example/dir/page');
const read = (html: string, signal = new AbortController().signal) =>
  htmlToMarkdown(html, url, { nesting: 500 }, signal);
const markdown = async (html: string) => (await read(html)).text;

test.each<[string, string, string]>([
  ['paragraphs', '<p>one<p>two', 'one\n\ntwo'],
  ['spaces', '<p>  a\n\t b <b> c</b>d </p>', 'a b cd'],
  ['line ends', 'a<br>b<br><br>c<br><br><br>d', 'a\nb\n\nc\n\nd'],
  ['headings', '<h1>A <em>b</em></h1>c<h3>d</h3>', '# A b\n\nc\n\n### d'],
  ['empty elements leave nothing', '<h2> </h2><ul><li></li></ul><p></p><a href=/x></a>x', 'x'],
  ['lists', '<ul><li>a<li>b<ul><li>c</ul><li>d</ul>', '- a\n- b\n  - c\n- d'],
  ['numbered lists', '<ol start=3><li>a<li>b</ol>', '3. a\n4. b'],
  ['a heading in an item', '<ul><li><h3>a</h3>b</ul>', '- ### a\n\n  b'],
  ['quotations', '<blockquote><p>a<p>b</blockquote>c', '> a\n\n> b\n\nc'],
  ['code', '<p>use <code>a &lt; b</code>.', 'use `a < b`.'],
  ['preformatted text', '<pre>a\n  b\n\n<b>c</b></pre>d', '```\na\n  b\n\nc\n```\n\nd'],
  ['tables', '<table><tr><th>a<th>b<tr><td>1<td>2</table>', 'a | b\n1 | 2'],
  ['entities', 'a &amp; b &eacute; &#x1F600; &#xD800; &unknown;', 'a & b é 😀 \ufffd &unknown;'],
  ['pictures by their words', '<img src=x alt=" a cat "><img src=y><img src=z alt="">', '(image: a cat )'],
  ['scripts, styles, comments', 'a<script>"<p>x"</script><style>y</style><!-- z -->b', 'ab'],
  ['forms’ choices', 'a<select><option>x</select><textarea>y</textarea>b', 'ab'],
  ['what the page hides', 'a<p hidden>x</p><div style="color:red; Display : none">y<p>z</div>b', 'ab'],
  ['what is not yet open', 'a<dialog>x</dialog><template>y</template>b', 'ab'],
  ['invisible characters', 'a\u200b\u202eb\u{e0041}c\ufeff', 'abc'],
  ['without closing', '<div><p>a<ul><li>b', 'a\n\n- b'],
  ['closing what was not opened', '</div></p></ul></li></pre>a</a>', 'a'],
])('%s', async (_name, html, expected) => {
  expect(await markdown(html)).toBe(expected);
});

describe('links', () => {
  test.each<[string, string, string]>([
    ['whole', '<a href="https://b.example/c">d</a>', '[d](https://b.example/c)'],
    ['relative', '<a href="e?f=g&amp;h">d</a>', '[d](https://page.example/dir/e?f=g&h)'],
    ['by the page’s base', '<base href="/other/"><a href=e>d</a>', '[d](https://page.example/other/e)'],
    ['with brackets', '<a href="/e_(f)">d</a>', '[d](https://page.example/e_%28f%29)'],
    ['around spaces', 'a <a href=/b> c </a> d', 'a [c](https://page.example/b) d'],
    ['without spaces', 'a<a href=/b>c</a>d', 'a[c](https://page.example/b)d'],
    ['around blocks', '<a href=/b><h3>c</h3><p>d</p></a>', '[c d](https://page.example/b)'],
    ['around code', '<a href=/b><code>c</code></a>', '[`c`](https://page.example/b)'],
    ['inside code', '<code><a href=/b>c</a></code>', '[c](https://page.example/b)'],
    [
      'that say their own address',
      '<a href="https://b.example/">https://b.example/</a>',
      'https://b.example/',
    ],
    ['by mail', '<a href="mailto:a@b.example">c</a>', '[c](mailto:a@b.example)'],
    ['to a place on the page', '<a href="#b">c</a>', 'c'],
    ['that run something', '<a href="javascript:b()">c</a><a href="data:text/html,x">d</a>', 'cd'],
    ['that are none', '<a>c</a><a href="">d</a><a href="http://">e</a>', 'cde'],
    ['too long', `<a href="/${'x'.repeat(1_000)}">c</a>`, 'c'],
  ])('%s', async (_name, html, expected) => {
    expect(await markdown(html)).toBe(expected);
  });

  test('a link that nobody closes does not swallow the page', async () => {
    const text = await markdown(`<a href=/b>${'word '.repeat(600)}<p>second<p>third`);
    expect(text).not.toContain('](');
    expect(text).toContain('\n\nthird');
  });
});

test('title and description, the first of each; a picture’s title is not the page’s', async () => {
  expect(
    await read(
      '<head><meta property="og:description" content="about"><meta name=description content=late><title>A &amp; b</title></head><svg><title>icon</title></svg><title>late</title>x',
    ),
  ).toEqual({ title: 'A & b', description: 'about', text: 'x', tooDeep: false });
});

test('of a page with a main part only that is read, unless it is almost empty', async () => {
  const body = 'The matter itself. '.repeat(20).trim();
  expect(await markdown(`<nav>menu</nav><main><h1>T</h1>${body}</main><footer>end</footer>`)).toBe(
    `# T\n\n${body}`,
  );
  expect(await markdown(`<nav>menu</nav><div role=main>${body}</div>`)).toBe(body);
  expect(await markdown('<nav>menu</nav><main>Loading</main>')).toBe('menu\nLoading');
});

test('elements nested too deeply end the text there, and it says so', async () => {
  const { text, tooDeep } = await read(`a${'<i>'.repeat(500)}b<i>c`);
  expect({ text, tooDeep }).toEqual({ text: 'ab', tooDeep: true });
  expect((await read(`${'<i>'.repeat(500)}b`)).tooDeep).toBe(false);
});

const size = 2_000_000;
const filled = (unit: string) => unit.repeat(Math.ceil(size / unit.length));

test.each<[string, string]>([
  ['one open element after the other', filled('<b>')],
  ['ends of what is not open', '<i>'.repeat(400) + filled('</x>')],
  ['paragraphs’ ends', filled('</p>')],
  ['links', filled('<a href=/x>y</a>')],
  ['items', `${'<ul><li>'.repeat(200)}${filled('<li>x')}`],
  ['attributes', `<p ${filled('x=1 ')}`],
  ['one attribute', `<p style="display${filled(' ')}`],
  ['ampersands', filled('&')],
  ['angle brackets', filled('<')],
  ['comments', filled('<!--')],
  ['one word', filled('x')],
  ['white space', filled(' \n')],
])('2 MB of %s take no time to speak of', async (_name, html) => {
  const started = performance.now();
  const { text } = await read(html);
  // A quadratic reader takes minutes; the machine may be busy.
  expect(performance.now() - started).toBeLessThan(8_000);
  expect(text.length).toBeLessThan(5 * size);
});

test('others get their turn while a large page is read, and an abort ends it', async () => {
  const controller = new AbortController();
  const reading = read(filled('<p>words '), controller.signal);
  setImmediate(() => controller.abort(new Error('stopped')));
  await expect(reading).rejects.toThrow('stopped');
});

test('property: any soup of tags gives text, without control characters and never a hidden one', async () => {
  const tags = [
    'p',
    'a href=/x',
    'ul',
    'li',
    'pre',
    'code',
    'table',
    'tr',
    'td',
    'svg',
    'script',
    'h2',
    'main',
    'br',
  ];
  const piece = fc.oneof(
    fc.constantFrom(...tags).map((tag) => `<${tag}>`),
    fc.constantFrom(...tags).map((tag) => `</${tag.split(' ')[0]}>`),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('<', '&', '"', '<!--', '-->', '<p hidden>SECRET</p>', '\0', '\u{e0041}'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
      const { text } = await read(pieces.join(''));
      expect(text.isWellFormed()).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u{e0000}-\u{e0fff}]/u);
    }),
    { numRuns: 300 },
  );
});
