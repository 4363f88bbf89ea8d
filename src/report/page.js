// Opens the sentences behind marks and rows; sorts and saves tables. No library, no network.
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('cezhong-data').textContent);
  const { words, themes, parts, kinds, terms, sentences } = data;
  const $ = (id) => document.getElementById(id);
  // The order of a packed row.
  const [DOC, N, START, END, PLACE, YEAR, PART, KIND, THEME, MEASURE, MTHEME, MPART, CLUSTER, HEADINGS, TEXT, TERMS] = Array(16).keys();
  const KEYS = ['place', 'year', 'part', 'kind', 'theme', 'cluster', 'measure', 'doc', 'n', 'term', 'unit', 'scope'];
  const OPENS = ['place', 'year', 'theme', 'term', 'cluster', 'measure', 'doc', 'scope'].map((key) => `[data-${key}]`).join(',');
  document.documentElement.classList.add('js');

  // ---- sentences, in the page or in files beside it
  const loaded = new Map();
  const waiting = new Map();
  window.cezhongRows = (number, rows, headings) => {
    // A file counts its headings from 0.
    const before = sentences.headings.length;
    rows.forEach((row) => { row[HEADINGS] += before; });
    sentences.headings = sentences.headings.concat(headings);
    loaded.set(number, rows);
  };
  if (!sentences.files.length) loaded.set(0, sentences.rows);

  // Runs a file beside the page.
  const run = (name) => new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = name;
    script.onload = done;
    script.onerror = () => fail(new Error(name));
    document.head.append(script);
  });

  function load(number) {
    if (loaded.has(number)) return Promise.resolve();
    if (!waiting.has(number)) {
      const file = run(sentences.files[number].name);
      waiting.set(number, file);
      file.catch(() => waiting.delete(number));
    }
    return waiting.get(number);
  }

  async function rowsFor(place) {
    const wanted = sentences.files
      .map((file, number) => [file, number])
      .filter(([file]) => !place || file.places.some((p) => sentences.places[p] === place))
      .map(([, number]) => number);
    for (const number of wanted) await load(number);
    return sentences.files.length ? wanted.flatMap((number) => loaded.get(number)) : loaded.get(0);
  }

  // ---- what is asked for
  const blank = () => ({ find: '', unit: 'measure', place: '', year: '', part: '', kind: '', theme: '', cluster: '', measure: '', doc: '', n: '', term: '', scope: '' });
  const CHIPS = ['term', 'cluster', 'measure', 'doc', 'n', 'scope'];
  let asked = blank();
  let found = [];
  let shown = 0;
  let asContext = false;
  let cameFrom = null;
  let turn = 0;

  function fits(row, needle) {
    // Terms are counted within measures, so their theme is the measure's too.
    const byMeasure = asked.unit !== 'sentence';
    if (byMeasure && row[MEASURE] === null) return false;
    if (asked.term && !occurrences(row)) return false;
    if (asked.place && sentences.places[row[PLACE]] !== asked.place) return false;
    if (asked.year && (row[YEAR] === null ? 'none' : String(row[YEAR])) !== asked.year) return false;
    if (asked.part && parts[partOf(row)][0] !== asked.part) return false;
    if (asked.kind && kinds[row[KIND]][0] !== asked.kind) return false;
    if (asked.theme) {
      const theme = byMeasure ? row[MTHEME] : row[THEME];
      if (theme === null || themes[theme][0] !== asked.theme) return false;
    }
    // counted: with a theme that has shares; sure: with any theme; clustered: with a theme and a cluster.
    if (asked.scope && (row[MEASURE] === null || row[MTHEME] === null)) return false;
    if (asked.scope === 'counted' && themes[row[MTHEME]][0] === data.general) return false;
    if (asked.scope === 'clustered' && row[CLUSTER] === null) return false;
    if (asked.cluster && String(row[CLUSTER]) !== asked.cluster) return false;
    if (asked.measure && row[MEASURE] !== asked.measure) return false;
    if (asked.doc && sentences.docs[row[DOC]] !== asked.doc) return false;
    if (asked.n && String(row[N]) !== asked.n) return false;
    return !needle || row[TEXT].toLowerCase().includes(needle);
  }

  // A measure is of one part, though a sentence in it may speak of another.
  const partOf = (row) => (asked.unit === 'sentence' ? null : row[MPART]) ?? row[PART];

  // How often the term asked for stands in a sentence, as the words were cut.
  let termNumber = -1;
  function occurrences(row) {
    const held = row[TERMS] || [];
    for (let at = 0; at < held.length; at += 2) if (held[at] === termNumber) return held[at + 1];
    return 0;
  }

  const needleOf = () => (asked.find.trim() || asked.term).toLowerCase();

  async function look() {
    const mine = ++turn;
    for (const key of ['find', 'unit', 'place', 'year', 'part', 'kind', 'theme']) $(`f-${key}`).value = asked[key];
    termNumber = asked.term ? terms.indexOf(asked.term) : -1;
    $('chips').replaceChildren(...CHIPS.filter((key) => asked[key]).map((key) => {
      const chip = button(key === 'scope' ? `${words[`scope_${asked.scope}`]} ×` : `${words[key]} ${asked[key]} ×`);
      chip.onclick = () => {
        asked[key] = '';
        if (key === 'term') asked.unit = 'measure';
        look();
      };
      return chip;
    }));
    $('count').textContent = words.loading;
    let rows;
    try {
      rows = await rowsFor(asked.place);
    } catch (error) {
      $('count').textContent = words.load_failed + error.message;
      return;
    }
    if (mine !== turn) return;
    const needle = asked.find.trim().toLowerCase();
    found = rows.filter((row) => fits(row, needle));
    const measures = new Set(found.map((row) => row[MEASURE]).filter((id) => id !== null));
    const hits = asked.term ? found.reduce((sum, row) => sum + occurrences(row), 0) : 0;
    const counts = [`${found.length} ${words.count_sentences}`];
    if (asked.term) counts.unshift(`${hits} ${words.count_hits}`);
    else if (asked.unit === 'measure') counts.unshift(`${measures.size} ${words.count_measures}`);
    $('count').textContent = found.length ? counts.join(' · ') : words.nothing;
    // What a mark's own count must be equal to.
    $('count').dataset.counted = { measure: measures.size, sentence: found.length, term: hits }[asked.unit];
    $('count').dataset.sentences = found.length;
    $('found').replaceChildren();
    shown = 0;
    more();
  }

  function more() {
    const needle = needleOf();
    if (asContext && !needle) {
      $('count').textContent = words.context_needs;
    }
    const draw = asContext && needle ? context : item;
    const until = Math.min(found.length, shown + 60);
    for (; shown < until; shown++) $('found').append(draw(found[shown], found[shown - 1], needle));
    $('more').hidden = shown >= found.length;
  }

  function item(row, before, needle) {
    const li = document.createElement('li');
    const year = row[YEAR] === null ? '' : ` ${row[YEAR]}`;
    const theme = asked.unit !== 'sentence' && row[MTHEME] !== null ? row[MTHEME] : row[THEME];
    const opens = !before || row[MEASURE] === null || before[MEASURE] !== row[MEASURE];
    if (opens) {
      li.append(line('meta', `${sentences.places[row[PLACE]]}${year} · ${parts[partOf(row)][1]} · ${themes[theme] ? themes[theme][1] : ''}`));
      if (sentences.headings[row[HEADINGS]]) li.append(line('meta', sentences.headings[row[HEADINGS]]));
    } else {
      li.style.borderTop = '0';
      li.style.paddingTop = '0';
    }
    const text = document.createElement('p');
    text.append(...marked(row[TEXT], needle));
    const id = line('id', `${kinds[row[KIND]][1]} · ${reference(row)} `);
    id.append(copier(row));
    li.append(text, id);
    return li;
  }

  function context(row, _before, needle) {
    const li = document.createElement('li');
    const year = row[YEAR] === null ? '' : ` ${row[YEAR]}`;
    li.append(line('meta', `${sentences.places[row[PLACE]]}${year} · ${reference(row)}`));
    const lower = row[TEXT].toLowerCase();
    for (let at = lower.indexOf(needle); at >= 0; at = lower.indexOf(needle, at + needle.length)) {
      const kwic = document.createElement('div');
      kwic.className = 'kwic';
      const [left, middle, right] = [document.createElement('span'), document.createElement('mark'), document.createElement('span')];
      const inner = document.createElement('bdi');
      inner.textContent = row[TEXT].slice(Math.max(0, at - 40), at);
      left.append(inner);
      middle.textContent = row[TEXT].slice(at, at + needle.length);
      right.textContent = row[TEXT].slice(at + needle.length, at + needle.length + 40);
      kwic.append(left, middle, right);
      li.append(kwic);
    }
    return li;
  }

  const reference = (row) => `${sentences.docs[row[DOC]]} #${row[N]} [${row[START]}, ${row[END]})${row[MEASURE] === null ? '' : ` ${row[MEASURE]}`}`;

  function marked(text, needle) {
    if (!needle) return [text];
    const pieces = [];
    const lower = text.toLowerCase();
    let from = 0;
    for (let at = lower.indexOf(needle); at >= 0; at = lower.indexOf(needle, from)) {
      const mark = document.createElement('mark');
      mark.textContent = text.slice(at, at + needle.length);
      pieces.push(text.slice(from, at), mark);
      from = at + needle.length;
    }
    pieces.push(text.slice(from));
    return pieces;
  }

  function line(name, text) {
    const p = document.createElement('p');
    p.className = name;
    p.textContent = text;
    return p;
  }

  function button(text) {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    return made;
  }

  function copier(row) {
    const made = button(words.copy);
    made.onclick = async () => {
      const id = reference(row);
      try {
        await navigator.clipboard.writeText(id);
      } catch {
        const area = document.createElement('textarea');
        area.value = id;
        document.body.append(area);
        area.select();
        document.execCommand('copy');
        area.remove();
      }
      made.textContent = words.copied;
      setTimeout(() => { made.textContent = words.copy; }, 1500);
    };
    return made;
  }

  // ---- the drawer
  function open(keys, from) {
    asked = blank();
    for (const key of KEYS) {
      if (keys[key] !== undefined) asked[key] = keys[key];
    }
    cameFrom = from;
    $('drawer').hidden = false;
    $('drawer').scrollTop = 0;
    $('drawer-name').focus({ preventScroll: true });
    return look();
  }

  function close() {
    $('drawer').hidden = true;
    if (cameFrom) cameFrom.focus({ preventScroll: true });
  }

  function fill(id, options) {
    const any = new Option(words.any, '');
    $(id).replaceChildren(any, ...options.map(([value, name]) => new Option(name, value)));
  }

  const years = new Set();
  const noteYears = (rows) => rows.forEach((row) => row[YEAR] !== null && years.add(row[YEAR]));
  noteYears(sentences.rows);
  let undated = sentences.rows.some((row) => row[YEAR] === null);
  document.querySelectorAll('[data-year]').forEach((mark) => {
    if (mark.dataset.year === 'none') undated = true;
    else years.add(Number(mark.dataset.year));
  });
  fill('f-place', sentences.places.map((place) => [place, place]));
  fill('f-year', [...[...years].sort((a, b) => a - b).map((year) => [String(year), String(year)]), ...(undated ? [['none', words.year_none]] : [])]);
  fill('f-part', parts);
  fill('f-kind', kinds);
  fill('f-theme', themes);

  let pause = 0;
  $('filters').addEventListener('submit', (event) => event.preventDefault());
  $('filters').addEventListener('input', (event) => {
    asked[event.target.id.slice(2)] = event.target.value;
    if (event.target.id === 'f-unit' && event.target.value !== 'term') asked.term = '';
    clearTimeout(pause);
    pause = setTimeout(look, event.target.id === 'f-find' ? 250 : 0);
  });
  $('search-open').onclick = (event) => open({ unit: 'sentence' }, event.currentTarget).then(() => $('f-find').focus());
  $('drawer-close').onclick = close;
  $('reset').onclick = () => { asked = { ...blank(), unit: asked.unit === 'term' ? 'measure' : asked.unit }; look(); };
  $('more').onclick = more;
  $('view').onclick = () => {
    asContext = !asContext;
    $('view').setAttribute('aria-pressed', String(asContext));
    look();
  };
  $('found-csv').onclick = () => save('found.csv', [
    ['doc', 'n', 'start', 'end', 'place', 'year', 'part', 'kind', 'theme', 'measure', 'measure_theme', 'cluster', 'headings', 'text'],
    ...found.map((row) => [sentences.docs[row[DOC]], row[N], row[START], row[END], sentences.places[row[PLACE]], row[YEAR], parts[row[PART]][0], kinds[row[KIND]][0],
      themes[row[THEME]]?.[0], row[MEASURE], themes[row[MTHEME]]?.[0], row[CLUSTER], sentences.headings[row[HEADINGS]], row[TEXT]]),
  ]);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !$('drawer').hidden) close();
  });

  // ---- marks of charts: one stop for Tab a chart, arrows between its marks
  const keysOf = (element) => Object.fromEntries(KEYS.filter((key) => element.dataset[key] !== undefined).map((key) => [key, element.dataset[key]]));
  function wire(svg) {
    const marks = [...svg.querySelectorAll(OPENS)];
    if (!marks.length) return;
    svg.setAttribute('role', 'group');
    marks.forEach((mark, index) => {
      mark.setAttribute('role', 'button');
      mark.setAttribute('tabindex', index ? '-1' : '0');
      const title = mark.querySelector('title');
      mark.setAttribute('aria-label', title ? title.textContent : Object.values(keysOf(mark)).join(' '));
    });
    svg.addEventListener('click', (event) => {
      const mark = event.target.closest(OPENS);
      if (mark) open(keysOf(mark), mark);
    });
    svg.addEventListener('keydown', (event) => {
      const at = marks.indexOf(event.target);
      if (at < 0) return;
      const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      let to = move ? at + move : -1;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        // The next mark of the same theme, so that columns can be walked.
        const way = event.key === 'ArrowDown' ? 1 : -1;
        const { theme } = marks[at].dataset;
        for (to = at + way; marks[to] && theme && marks[to].dataset.theme !== theme; to += way);
      }
      if (event.key === 'Home') to = 0;
      if (event.key === 'End') to = marks.length - 1;
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        open(keysOf(marks[at]), marks[at]);
      } else if (marks[to]) {
        event.preventDefault();
        marks[at].setAttribute('tabindex', '-1');
        marks[to].setAttribute('tabindex', '0');
        marks[to].focus();
      }
    });
  }
  document.querySelectorAll('.sheet svg').forEach(wire);

  // ---- charts for which the page has no room: a picture, until the chart itself is fetched from its file
  window.cezhongSheet = (number, svg) => {
    const sheet = document.querySelector(`.later[data-number="${number}"]`);
    sheet.innerHTML = svg;
    sheet.classList.remove('later');
    wire(sheet.querySelector('svg'));
  };
  const fetching = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      fetching.unobserve(target);
      // Where the file is not there the picture stays.
      run(target.dataset.file).catch(() => {});
    }
  }, { rootMargin: '800px' });
  document.querySelectorAll('.later').forEach((sheet) => fetching.observe(sheet));

  // ---- tables
  const valueOf = (cell) => (cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent);
  document.querySelectorAll('table[data-id]').forEach((table) => {
    const heads = [...table.querySelectorAll('thead th')];
    const body = table.tBodies[0];
    heads.forEach((head, column) => {
      const sorter = button(head.textContent);
      sorter.title = words.sort;
      head.replaceChildren(sorter);
      sorter.onclick = () => {
        const down = head.getAttribute('aria-sort') !== 'descending' && (head.classList.contains('n') || head.getAttribute('aria-sort') === 'ascending');
        heads.forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const numeric = head.classList.contains('n');
        const rows = [...body.rows].map((row, index) => [row, valueOf(row.cells[column]), index]);
        rows.sort(([, a, i], [, b, j]) => {
          // What is empty stands last either way.
          if ((a === '') !== (b === '')) return a === '' ? 1 : -1;
          const order = numeric ? Number(a) - Number(b) : a.localeCompare(b, data.lang);
          return (down ? -order : order) || i - j;
        });
        body.append(...rows.map(([row]) => row));
      };
    });
    const filter = table.closest('section').querySelector('input.rows');
    filter.oninput = () => {
      const needle = filter.value.trim().toLowerCase();
      for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(needle);
    };
    table.addEventListener('click', (event) => {
      const opener = event.target.closest('button.open');
      if (opener) open(keysOf(opener.closest('tr')), opener);
    });
    table.closest('section').querySelector('button.csv').onclick = () => save(`${table.dataset.id}.csv`, [
      heads.map((head) => head.dataset.name),
      ...[...body.rows].filter((row) => !row.hidden).map((row) => heads.map((_, column) => valueOf(row.cells[column]))),
    ]);
  });

  function save(name, rows) {
    const quote = (value) => {
      const text = value === null || value === undefined ? '' : String(value);
      return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const blob = new Blob(['\ufeff', rows.map((row) => row.map(quote).join(',')).join('\n'), '\n'], { type: 'text/csv;charset=utf-8' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  window.addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
})();
