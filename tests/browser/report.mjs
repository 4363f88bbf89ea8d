// Drives a headless Chromium over a report page: node report.mjs REPORT.html FOLDER-FOR-PICTURES [CHROMIUM [EVERY]]
// Of EVERY marks one is clicked, the first among them (1: every mark, for large pages 100).
// It speaks to the browser through a pipe, so it needs no package. It ends with 1 and a list of what is wrong.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [page, pictures, browser = 'chromium', every = '1'] = process.argv.slice(2);
if (!page || !pictures) throw new Error('usage: node report.mjs REPORT.html FOLDER [CHROMIUM]');
const address = pathToFileURL(resolve(page)).href;
mkdirSync(pictures, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), 'cezhong-browser-'));
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'];
const child = spawn(browser, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });

// ---- the protocol: JSON messages that end in NUL
let number = 0;
let rest = '';
const waiting = new Map();
const events = [];
child.stdio[4].setEncoding('utf8');
child.stdio[4].on('data', (piece) => {
  const messages = (rest + piece).split('\0');
  rest = messages.pop();
  for (const text of messages) {
    const message = JSON.parse(text);
    if (message.id === undefined) { events.push(message); continue; }
    const [done, fail] = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) fail(new Error(message.error.message)); else done(message.result);
  }
});
let session;
function send(method, params = {}) {
  number += 1;
  child.stdio[3].write(`${JSON.stringify({ id: number, method, params, sessionId: session })}\0`);
  return new Promise((done, fail) => waiting.set(number, [done, fail]));
}
async function run(script) {
  const expression = `(async () => { ${script} })()`;
  const answer = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
  return answer.result.value;
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
async function until(condition, what) {
  for (let turn = 0; turn < 600; turn += 1) {
    if (await run(`return Boolean(${condition})`)) return;
    await pause(100);
  }
  throw new Error(`waited a minute for: ${what}`);
}

const wrong = [];
const check = (right, what) => { if (!right) wrong.push(what); };

async function open(width) {
  await send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false });
  await send('Page.navigate', { url: address });
  await until("document.readyState === 'complete' && document.getElementById('overview')", 'the page');
}

/** The page's skeleton on the sheet: what stands where, in order, and whether anything leaves the sheet sideways. */
async function structure(width) {
  const found = await run(`
    const tops = [...document.querySelectorAll('main section[id]')].map((section) => section.getBoundingClientRect().top + scrollY);
    return {
      ordered: tops.every((top, index) => index === 0 || top >= tops[index - 1]),
      sections: tops.length,
      wide: document.documentElement.scrollWidth - innerWidth,
      empty: [...document.querySelectorAll('.sheet svg, table')].filter((box) => !box.closest('details:not([open])') && box.getBoundingClientRect().height < 20).length,
      first: document.querySelector('main section').id,
      last: [...document.querySelectorAll('main > section')].at(-1).id,
    };`);
  check(found.ordered && found.sections > 8, `${width} px: sections stand out of order, or are too few (${found.sections})`);
  check(found.wide <= 0, `${width} px: the page is ${found.wide} px wider than the window`);
  check(found.empty === 0, `${width} px: ${found.empty} charts or tables have no height`);
  check(found.first === 'overview' && found.last === 'dictionary', `${width} px: ${found.first} is first, ${found.last} last`);
  const picture = await send('Page.captureScreenshot', { format: 'png' });
  const bytes = Buffer.from(picture.data, 'base64');
  check(bytes.length > 10000, `${width} px: the picture of the page is blank`);
  writeFileSync(join(pictures, `page-${width}.png`), bytes);
}

/** Clicks every mark that counts (of a large page one of `every`), and compares its count with what is listed. */
async function marks() {
  const found = await run(`
    const wait = async (done) => { for (let turn = 0; turn < 500 && !done(); turn += 1) await new Promise((go) => setTimeout(go, 0)); };
    const [count, list, more] = ['count', 'found', 'more'].map((id) => document.getElementById(id));
    const wrong = [];
    // Charts for which the page had no room come as they are scrolled to.
    document.querySelectorAll('section.chart details').forEach((pages) => { pages.open = true; });
    for (const sheet of document.querySelectorAll('.later')) {
      sheet.scrollIntoView();
      for (let turn = 0; turn < 200 && sheet.matches('.later'); turn += 1) await new Promise((go) => setTimeout(go, 20));
    }
    if (document.querySelector('.later')) wrong.push('a chart did not come');
    const marks = [...document.querySelectorAll('.sheet svg g[data-count]')].filter((_, n) => n % ${Number(every)} === 0);
    for (const mark of marks) {
      delete count.dataset.counted;
      mark.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      await wait(() => count.dataset.counted !== undefined);
      while (!more.hidden) more.click();
      const listed = list.querySelectorAll('li').length;
      if (count.dataset.counted !== mark.dataset.count || String(listed) !== count.dataset.sentences) {
        wrong.push(mark.closest('section').id + ': ' + JSON.stringify(mark.dataset) + ' counts ' + count.dataset.counted + ', lists ' + listed);
      }
    }
    const charts = [...document.querySelectorAll('section.chart')];
    return { marks: marks.length, wrong, mute: charts.filter((chart) => !chart.querySelector('g[data-count]')).map((chart) => chart.id) };`);
  check(found.marks * every > 500, `only ${found.marks} marks count anything`);
  check(found.mute.length === 0, `charts without a mark that counts: ${found.mute}`);
  for (const line of found.wrong.slice(0, 20)) wrong.push(line);
  if (found.wrong.length > 20) wrong.push(`… ${found.wrong.length} marks in all`);
  return found.marks;
}

/** The drawer's filters, search, context view, ids, and the way back by keyboard. */
async function drawer() {
  await run("document.getElementById('drawer-close').click(); document.getElementById('search-open').click();");
  await until("document.getElementById('count').dataset.sentences > 0", 'the list of all sentences');
  const all = Number(await run("return document.getElementById('count').dataset.sentences"));
  for (const id of ['f-part', 'f-kind', 'f-place', 'f-year', 'f-theme']) {
    const sum = await run(`
      const select = document.getElementById('${id}');
      let sum = 0;
      for (const option of [...select.options].filter((option) => option.value)) {
        select.value = option.value;
        const count = document.getElementById('count');
        delete count.dataset.counted;
        select.dispatchEvent(new Event('input', { bubbles: true }));
        for (let turn = 0; turn < 500 && count.dataset.counted === undefined; turn += 1) await new Promise((go) => setTimeout(go, 0));
        sum += Number(count.dataset.sentences);
      }
      document.getElementById('reset').click();
      await new Promise((go) => setTimeout(go, 50));
      return sum;`);
    check(sum === all, `the choices of ${id} list ${sum} of ${all} sentences`);
  }
  const searched = await run(`
    const field = document.getElementById('f-find');
    field.value = '建设';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((go) => setTimeout(go, 600));
    document.getElementById('view').click();
    await new Promise((go) => setTimeout(go, 100));
    const lines = [...document.querySelectorAll('#found .kwic mark')];
    const ids = document.querySelectorAll('#found .meta').length;
    document.getElementById('view').click();
    await new Promise((go) => setTimeout(go, 100));
    return { lines: lines.length, fit: lines.every((mark) => mark.textContent === '建设'), ids, copies: document.querySelectorAll('#found .id button').length };`);
  check(searched.lines > 0 && searched.fit && searched.ids > 0, `keyword in context shows ${JSON.stringify(searched)}`);
  check(searched.copies > 0, 'no id can be copied');
  // By keyboard: into the first chart, one mark on, open, and back to that mark.
  await run("document.getElementById('drawer-close').click(); document.querySelector('.sheet svg g[tabindex=\"0\"]').focus();");
  for (const key of ['ArrowRight', 'Enter']) await press(key);
  await until("!document.getElementById('drawer').hidden", 'the drawer by Enter');
  await press('Escape');
  const back = await run("return document.getElementById('drawer').hidden && document.activeElement.matches('.sheet svg g')");
  check(back, 'Escape does not lead back to the mark');
  // By mouse, at the middle of the first cell.
  const at = await run("const cell = document.querySelector('#heatmap g[data-theme][data-place] rect'); cell.scrollIntoView({ block: 'center' }); const box = cell.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2];");
  for (const type of ['mousePressed', 'mouseReleased']) await send('Input.dispatchMouseEvent', { type, x: at[0], y: at[1], button: 'left', clickCount: 1 });
  await until("!document.getElementById('drawer').hidden", 'the drawer by a click');
  await run("document.getElementById('drawer-close').click()");
}

async function press(key) {
  for (const type of ['keyDown', 'keyUp']) await send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: { Enter: 13, Escape: 27, ArrowRight: 39 }[key] });
  await pause(50);
}

/** Tables sort, filter and come down as csv. */
async function tables() {
  const found = await run(`
    const wrong = [];
    let saved;
    URL.createObjectURL = (blob) => { saved = blob; return 'data:,'; };
    for (const table of document.querySelectorAll('table[data-id]')) {
      const name = table.dataset.id;
      if (!table.tBodies[0].rows.length) continue;
      const heads = [...table.querySelectorAll('thead th')];
      for (const [column, head] of heads.entries()) {
        head.querySelector('button').click();
        const values = [...table.tBodies[0].rows].map((row) => row.cells[column]).map((cell) => cell.dataset.v ?? cell.textContent).filter((value) => value !== '');
        if (head.classList.contains('n') && values.some((value, index) => index && Number(value) > Number(values[index - 1]))) wrong.push(name + ' does not sort by ' + head.dataset.name);
        if (head.getAttribute('aria-sort') === null) wrong.push(name + ' does not say how it is sorted');
      }
      table.closest('section').querySelector('button.csv').click();
      const text = await saved.text();
      if (text.split('\\n')[0].replace('\\ufeff', '') !== heads.map((head) => head.dataset.name).join(',')) wrong.push(name + '.csv has other heads');
      if (text.trim().split('\\n').length < table.tBodies[0].rows.length + 1) wrong.push(name + '.csv has too few rows');
      const filter = table.closest('section').querySelector('input.rows');
      filter.value = table.tBodies[0].rows[0].cells[0].textContent;
      filter.dispatchEvent(new Event('input', { bubbles: true }));
      const left = [...table.tBodies[0].rows].filter((row) => !row.hidden);
      if (!left.length || left.some((row) => !row.textContent.includes(filter.value))) wrong.push(name + ' does not filter its rows');
    }
    return wrong;`);
  wrong.push(...found);
}

/** Characters of the page that the browser draws as its box for what no font has. */
async function glyphs() {
  const missing = await run(`
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 24;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    pen.font = '18px ' + getComputedStyle(document.body).fontFamily;
    const ink = (text) => { pen.clearRect(0, 0, 24, 24); pen.fillText(text, 2, 19); return pen.getImageData(0, 0, 24, 24).data.join(); };
    if (ink('侧') === ink('重')) return null;
    const box = ink('\\u{10FFFE}');
    return [...new Set(document.body.innerText)].filter((sign) => sign.trim() && ink(sign) === box);`);
  if (missing === null) console.log('no Chinese font on this machine: glyphs of the page were not checked (the pictures have their own font)');
  else check(missing.length === 0, `no glyph for ${missing?.join(' ')}`);
}

/** What is left without JavaScript and on paper. */
async function bare() {
  const paper = await send('Page.printToPDF', { printBackground: true });
  check(paper.data.length > 50000, 'the printed page is empty');
  await send('Emulation.setScriptExecutionDisabled', { value: true });
  await send('Page.navigate', { url: address });
  await pause(1500);
  const { root } = await send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await send('DOM.querySelector', { nodeId: root.nodeId, selector: 'noscript p' });
  check(nodeId > 0, 'nothing is said where JavaScript is off');
  for (const selector of ['.sheet svg', '#methods p', '#dictionary td', 'table[data-id] tbody tr', '.funnel li']) {
    const { nodeIds } = await send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
    check(nodeIds.length > 0, `without JavaScript there is no ${selector}`);
  }
  await send('Emulation.setScriptExecutionDisabled', { value: false });
}

let ended = 1;
try {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  ({ sessionId: session } = await send('Target.attachToTarget', { targetId, flatten: true }));
  for (const domain of ['Page', 'Runtime', 'Network', 'Log', 'DOM']) await send(`${domain}.enable`);
  await open(390);
  await structure(390);
  await open(1280);
  await structure(1280);
  const count = await marks();
  await drawer();
  await tables();
  await glyphs();
  await bare();
  for (const { method, params } of events) {
    if (method === 'Runtime.exceptionThrown') wrong.push(`exception: ${params.exceptionDetails.exception?.description ?? params.exceptionDetails.text}`);
    if (method === 'Runtime.consoleAPICalled' && params.type === 'error') wrong.push(`console: ${JSON.stringify(params.args)}`);
    if (method === 'Log.entryAdded' && params.entry.level === 'error') wrong.push(`log: ${params.entry.text}`);
    if (method === 'Network.requestWillBeSent' && !/^(file|data|about|blob):/.test(params.request.url)) wrong.push(`request: ${params.request.url}`);
  }
  for (const line of wrong) console.error(line);
  console.log(`${page}: ${count} marks clicked, ${wrong.length} things wrong`);
  ended = wrong.length ? 1 : 0;
} catch (error) {
  console.error(error);
} finally {
  child.kill();
  await new Promise((done) => child.once('exit', done));
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
process.exit(ended);
