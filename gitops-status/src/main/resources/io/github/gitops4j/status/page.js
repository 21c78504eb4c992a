'use strict';
(() => {
  const MOST_ROWS = 2000, MOST_ITEMS = 300, EVERY = 5000;
  const base = location.pathname.endsWith('/') ? location.pathname : location.pathname + '/';
  const $ = id => document.getElementById(id);
  const tags = new Map(), bodies = new Map();
  let all = [], shown = [], chip = 'all', order = {by: 'trouble', down: false}, open = '', openPass = '', looked = 0;

  // Text from a repository may hold signs that turn or hide what follows.
  const hidden = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
  const plain = text => String(text).replace(hidden, c => c === '\n' ? c : '\\u{' + c.charCodeAt(0).toString(16) + '}');
  const line = text => plain(String(text).replace(/\s*\n\s*/g, ' '));

  function el(name, classes, ...children) {
    const made = document.createElement(name);
    if (classes) made.className = classes;
    for (const child of children) made.append(child instanceof Node ? child : plain(child));
    return made;
  }

  async function get(path) {
    const headers = tags.has(path) ? {'If-None-Match': tags.get(path)} : {};
    const answer = await fetch(base + path, {headers, cache: 'no-store'});
    if (answer.status === 304) return {body: bodies.get(path), isNew: false};
    if (!answer.ok) throw new Error(answer.status + ' ' + answer.statusText);
    const body = await answer.json();
    tags.set(path, answer.headers.get('ETag') || '');
    bodies.set(path, body);
    return {body, isNew: true};
  }

  const SYNC = {IN_SYNC: ['good', 'in sync'], OUT_OF_SYNC: ['warn', 'out of sync'], UNKNOWN: ['quiet', 'unknown']};
  const HEALTH = {HEALTHY: ['good', 'healthy'], DEGRADED: ['bad', 'degraded'], MISSING: ['bad', 'missing'],
    UNKNOWN: ['quiet', 'unknown'], TERMINATING: ['busy', 'terminating'], PROGRESSING: ['busy', 'progressing'],
    SUSPENDED: ['quiet', 'suspended']};
  const PASS = {DONE: ['good', 'done'], AWAITING: ['busy', 'waiting'], REFUSED: ['warn', 'refused'], FAILED: ['bad', 'failed'],
    PARTLY: ['bad', 'partly'], NONE: ['quiet', 'none yet']};
  const has = (app, type) => app.conditions.some(condition => condition.type === type);
  const pass = app => !app.pass ? 'NONE' : app.pass.result === 'DONE' && app.pass.failed > 0 ? 'PARTLY' : app.pass.result;
  const isBad = app => ['FAILED', 'PARTLY'].includes(pass(app));
  const isSick = app => !['HEALTHY', 'UNKNOWN'].includes(app.health);
  const rank = app => (isBad(app) ? 0 : ['DEGRADED', 'MISSING'].includes(app.health) ? 1 : pass(app) === 'REFUSED' ? 2
    : app.sync === 'OUT_OF_SYNC' ? 3 : isSick(app) ? 4 : app.conditions.length ? 5 : app.sync === 'UNKNOWN' ? 6 : 7);
  const CHIPS = [['all', 'all', () => true], ['in', 'in sync', app => app.sync === 'IN_SYNC'],
    ['out', 'out of sync', app => app.sync === 'OUT_OF_SYNC'], ['unknown', 'unknown', app => app.sync === 'UNKNOWN'],
    ['sick', 'not healthy', isSick], ['failed', 'failing', isBad], ['suspended', 'suspended', app => has(app, 'SUSPENDED')]];
  const COLUMNS = [
    ['name', 'Name', app => app.name], ['sync', 'Sync', app => SYNC[app.sync][1]],
    ['health', 'Health', app => HEALTH[app.health][1]], ['pass', 'Last pass', app => PASS[pass(app)][1]],
    ['revision', 'Revision', app => app.reached ? app.reached.id : ''],
    ['resources', 'Resources', app => app.pass && app.pass.resources !== undefined ? app.pass.resources : -1],
    ['ended', 'Ended', app => app.pass ? -Date.parse(app.pass.ended) : Infinity], ['trouble', 'To know', rank]];

  const word = ([tone, text]) => el('span', 'word ' + tone, text);
  const short = id => /^[0-9a-f]{32,}$/.test(id) ? id.slice(0, 12) : id;
  const ago = time => {
    const s = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1000));
    return s < 90 ? s + ' s' : s < 5400 ? Math.round(s / 60) + ' min' : s < 129600 ? Math.round(s / 3600) + ' h' : Math.round(s / 86400) + ' d';
  };
  const keyOf = key => [key.kind, key.namespace, key.name].filter(Boolean).join('/');
  const why = app => (app.pass && app.pass.why ? [app.pass.why] : []).concat(app.conditions.map(c => c.message)).join('; ');

  function heads() {
    $('columns').replaceChildren(...COLUMNS.map(([id, title]) => {
      const button = el('button', '', title + (order.by === id ? (order.down ? ' \u2193' : ' \u2191') : ''));
      button.onclick = () => { order = {by: id, down: order.by === id && !order.down}; heads(); rows(); };
      const head = el('th', 'c-' + id + (['resources', 'ended'].includes(id) ? ' number' : ''), button);
      head.scope = 'col';
      head.setAttribute('aria-sort', order.by !== id ? 'none' : order.down ? 'descending' : 'ascending');
      return head;
    }));
  }

  function chips() {
    $('chips').replaceChildren(...CHIPS.map(([id, title, test]) => {
      const button = el('button', '', title, el('b', '', String(all.filter(test).length)));
      button.dataset.chip = id;
      button.setAttribute('aria-pressed', String(chip === id));
      button.onclick = () => { chip = chip === id ? 'all' : id; chips(); rows(); $('chips').querySelector(`[data-chip="${id}"]`).focus(); };
      return button;
    }));
  }

  function row(app) {
    const tr = el('tr', '',
      el('td', '', line(app.name)), el('td', '', word(SYNC[app.sync])),
      el('td', '', word(HEALTH[app.health]), app.unhealthy > 1 ? ' ' + app.unhealthy : ''),
      el('td', '', word(PASS[pass(app)])),
      el('td', 'mono c-revision', app.reached ? short(app.reached.id) : '\u2013'),
      el('td', 'number c-resources', app.pass && app.pass.resources !== undefined ? app.pass.resources : '\u2013'),
      el('td', 'number c-ended', app.pass ? ago(app.pass.ended) : '\u2013'), el('td', 'quiet c-trouble', line(why(app))));
    tr.firstChild.title = tr.firstChild.textContent;
    tr.lastChild.title = tr.lastChild.textContent;
    tr.tabIndex = -1;
    tr.dataset.name = app.name;
    tr.setAttribute('aria-selected', String(app.name === open));
    return tr;
  }

  function rows() {
    const text = $('filter').value.trim().toLowerCase(), test = CHIPS.find(([id]) => id === chip)[2];
    const value = COLUMNS.find(([id]) => id === order.by)[2], sign = order.down ? -1 : 1;
    const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
    shown = all.filter(app => test(app) && app.name.toLowerCase().includes(text))
      .map(app => [value(app), app])
      .sort((a, b) => sign * compare(a[0], b[0]) || compare(a[1].name, b[1].name))
      .map(([, app]) => app);
    const focused = document.activeElement && document.activeElement.dataset.name;
    const made = shown.slice(0, MOST_ROWS).map(row);
    $('rows').replaceChildren(...made);
    const at = made.find(tr => tr.dataset.name === focused) || made.find(tr => tr.dataset.name === open) || made[0];
    if (at) at.tabIndex = 0;
    if (at && focused !== undefined && at.dataset.name === focused) at.focus({preventScroll: true});
    $('more').textContent = !all.length ? (looked ? 'No applications yet.' : '') : !shown.length ? 'None is like that.'
      : shown.length > MOST_ROWS ? `and ${shown.length - MOST_ROWS} more: narrow the filter` : '';
    $('list').dataset.shown = String(shown.length);
  }

  const side = value => 'value' in value ? (typeof value.value === 'string' ? value.value : JSON.stringify(value.value))
    : 'masked' in value ? 'secret' + (value.masked ? ' #' + value.masked.slice(0, 8) : '')
    : 'hash' in value ? '#' + value.hash.slice(0, 12) + ('size' in value ? ', ' + value.size + ' bytes' : '') : null;

  function diff(changes) {
    const box = el('div', 'diff mono');
    for (const change of changes.slice(0, 50)) {
      const before = side(change.before), after = side(change.after);
      box.append(el('div', 'path', change.path || '(content)'));
      if (before !== null) box.append(el('div', 'before', '\u2212 ' + before));
      if (after !== null) box.append(el('div', 'after', '+ ' + after));
    }
    if (changes.length > 50) box.append(el('div', 'path', `and ${changes.length - 50} more fields`));
    return box;
  }

  const KIND = {CREATE: 'good', UPDATE: 'busy', REPLACE: 'warn', PRUNE: 'bad', QUARANTINE: 'bad', HOLD: 'warn'};
  const soft = text => text.toLowerCase().replace(/_/g, ' ');

  function action(planned, outcome) {
    const kind = planned.kind === 'HOLD' ? 'HOLD' : planned.kind;
    const what = el('div', 'what mono', line(keyOf(planned.key)));
    if (planned.origin) what.title = line(planned.origin.file + ':' + planned.origin.line);
    const head = el('div', 'action', el('span', 'kind ' + (KIND[kind] || 'quiet'), soft(kind)), what);
    const effect = !outcome ? '' : outcome.effect === 'FAILED' ? 'failed' : soft(outcome.effect);
    if (effect) head.append(el('span', 'effect ' + (effect === 'failed' ? 'bad' : 'quiet'), effect));
    const item = el('li', '', head);
    if (planned.message) item.append(el('div', 'diff note', line(planned.message)));
    if (outcome && outcome.failure) item.append(el('div', 'diff bad', line(outcome.failure.message)));
    if (planned.changes && planned.changes.length) item.append(diff(planned.changes));
    return item;
  }

  function list(title, items, make) {
    if (!items.length) return [];
    const ul = el('ul', '', ...items.slice(0, MOST_ITEMS).map(make));
    if (items.length > MOST_ITEMS) ul.append(el('li', 'note', `and ${items.length - MOST_ITEMS} more`));
    return [el('h3', '', title), ul];
  }

  const pairs = entries => {
    const dl = el('dl');
    for (const [name, value] of entries) if (value) dl.append(el('dt', '', name), el('dd', '', value));
    return dl;
  };

  function detail(body) {
    const app = body.application, report = body.report.items[0] && body.report.items[0].pass;
    const close = el('button', 'close', 'Close');
    close.onclick = () => choose('');
    const parts = [el('div', '', el('h2', '', line(app.name)), close), pairs([
      ['Sync', word(SYNC[app.sync])],
      ['Health', word(HEALTH[app.health])],
      ['Last pass', word(PASS[pass(app)])],
      ['Why', app.pass && app.pass.why ? line(app.pass.why) : ''],
      ['Live is at', app.reached ? el('code', '', String(app.reached.ref ? app.reached.ref + ' ' : '') + app.reached.id) : ''],
      ['Source is at', app.head && (!app.reached || app.head.id !== app.reached.id)
        ? el('code', '', String(app.head.ref ? app.head.ref + ' ' : '') + app.head.id) : ''],
      ['Ended', app.pass ? `${new Date(app.pass.ended).toLocaleString()}, took ${app.pass.milliseconds} ms` : ''],
      ['Turn', app.activity === 'RESTING' ? '' : soft(app.activity)]])];
    parts.push(...list('Conditions', app.conditions, c => el('li', '', el('b', '', soft(c.type)), ' ', line(c.message))));
    if (report) {
      parts.push(...list('Not healthy', report.unhealthy,
        item => el('li', '', el('div', 'action', el('span', 'kind ' + HEALTH[item.health][0], HEALTH[item.health][1]),
          el('div', 'what', el('span', 'mono', line(keyOf(item.key))), ' ', el('span', 'note', line(item.reason)))))));
      const outcomes = new Map(report.outcomes.map(outcome => [JSON.stringify(outcome.key), outcome]));
      const plan = report.plan;
      if (plan) {
        parts.push(...list('Plan of the last pass', plan.actions, planned => action(planned, outcomes.get(JSON.stringify(planned.key)))));
        if (!plan.actions.length) parts.push(el('h3', '', 'Plan of the last pass'), el('div', 'note', `nothing to do, ${plan.inSync} in sync`));
        parts.push(...list('Files that are not understood', plan.broken,
          item => el('li', '', el('code', '', line(item.origin.file + ':' + item.origin.line)), ' ', line(item.message))));
      }
      parts.push(...list('Gates', report.gates, gate => el('li', '', el('div', 'action',
        el('span', 'kind ' + (gate.allows ? 'good' : 'warn'), gate.allows ? 'allows' : 'refuses'), el('div', 'what', line(gate.gate), ' ', el('span', 'note', line(gate.reason)))))));
    }
    const box = el('div');
    box.id = 'history';
    const keep = $('history');
    $('detail').replaceChildren(...parts, el('h3', '', 'History'), keep && keep.dataset.name === app.name ? keep : box);
    $('detail').dataset.name = app.name;
  }

  function makers(who) {
    return (who.author ? ', by ' + who.author : '') + (who.committer && who.committer !== who.author ? ', committed by ' + who.committer : '')
      + (who.signer ? ', signed by ' + who.signer : '');
  }

  function decided(event) {
    const planned = Object.entries(event.planned || {}).map(([kind, n]) => n + ' to ' + soft(kind)).join(', ');
    return [...(planned ? ['planned: ' + planned] : []),
      ...(event.decisions || []).map(d => `gate ${d.gate}: ${d.verdict}${d.reason ? ', ' + d.reason : ''}`),
      ...(event.approvedBy ? ['approved by ' + event.approvedBy] : [])];
  }

  function told(event) {
    const by = event.by ? ' by ' + event.by : '';
    const at = event.revision ? ' ' + short(event.revision.id || event.revision) : '';
    switch (event.type) {
      case 'began': return ['began to apply' + at + makers(event.provenance || {}), decided(event)];
      case 'refused': return ['not allowed: plan ' + event.plan.slice(0, 12) + ' to' + at + makers(event.provenance || {}), decided(event)];
      case 'awaits': return ['waits for ' + event.wave, []];
      case 'ended': return [soft(event.result) + at + ': ' + (Object.entries(event.effects || {}).map(([k, n]) => n + ' ' + soft(k)).join(', ') || 'nothing'), event.notes || []];
      case 'failing': return ['has failed: ' + event.reason, []];
      case 'approved': return ['plan ' + event.plan.slice(0, 12) + ' approved' + by, []];
      case 'pinned': return ['pinned to' + at + by, []];
      case 'unpinned': return ['follows the source again' + by, []];
      case 'hookStarted': return ['runs hook ' + keyOf(event.key), []];
      case 'hookEnded': return ['hook ' + keyOf(event.key) + ' ' + soft(event.end), event.reason ? [event.reason] : []];
      default: return [soft(event.type) + by, event.reason ? [event.reason] : []];
    }
  }

  async function history(name) {
    const {body, isNew} = await get('api/applications/' + encodeURIComponent(name) + '/history?limit=50');
    const box = $('history');
    if (!box || open !== name || (!isNew && box.dataset.name === name)) return;
    const item = body.items[0];
    box.dataset.name = name;
    box.replaceChildren(item.failure ? el('div', 'bad', line(item.failure.message)) : !item.history.length ? el('div', 'note', 'nothing yet')
      : el('ul', '', ...item.history.map(record => {
        const [text, notes] = told(record.event);
        const when = el('time', '', new Date(record.time).toLocaleString(undefined, {dateStyle: 'short', timeStyle: 'short'}));
        return el('li', 'record', el('span', 'number', '#' + record.sequence), when,
          el('div', '', line(text), ...notes.map(note => el('div', 'note', line(note)))));
      })));
  }

  async function refreshDetail() {
    const name = open;
    if (!name) return;
    try {
      const {body, isNew} = await get('api/applications/' + encodeURIComponent(name));
      if (open !== name) return;
      if (isNew || $('detail').dataset.name !== name) detail(body);
      const seen = name + ' ' + (body.application.pass ? body.application.pass.ended : '');
      if (seen !== openPass || !$('history').dataset.name) {
        openPass = seen;
        await history(name);
      }
    } catch (error) {
      if (open === name) $('detail').replaceChildren(el('h2', '', line(name)), el('p', 'bad', String(error.message)));
      $('detail').dataset.name = '';
    }
  }

  function choose(name) {
    open = name;
    $('detail').hidden = !name;
    document.querySelector('main').classList.toggle('open', Boolean(name));
    setHash(name);
    for (const tr of $('rows').children) tr.setAttribute('aria-selected', String(tr.dataset.name === name));
    if (name) refreshDetail();
  }

  const setHash = name => {
    const hash = name ? '#' + encodeURIComponent(name) : '';
    if (location.hash !== hash) window.history.replaceState(null, '', location.pathname + location.search + hash);
  };

  async function refresh() {
    try {
      let found = [], changed = false, total = 1;
      while (found.length < total) {
        const {body, isNew} = await get('api/applications?offset=' + found.length + '&limit=1000');
        found = found.concat(body.applications);
        total = body.applications.length ? body.total : found.length;
        changed = changed || isNew;
      }
      changed = changed || found.length !== all.length || !looked;
      all = found;
      looked = Date.now();
      $('state').className = '';
      $('state').textContent = 'as of ' + new Date(looked).toLocaleTimeString();
      if (changed) { chips(); }
      if (changed || Date.now() % 30000 < EVERY) rows();
      await refreshDetail();
    } catch (error) {
      $('state').className = 'bad';
      $('state').textContent = looked ? 'not answering since ' + new Date(looked).toLocaleTimeString() : 'not answering';
    }
    document.body.dataset.looked = String(looked);
    setTimeout(refresh, EVERY);
  }

  const step = (tr, next) => {
    if (!next) return;
    tr.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    if (open) choose(next.dataset.name);
  };
  $('rows').onclick = event => {
    const tr = event.target.closest('tr');
    if (tr) { choose(tr.dataset.name); tr.focus(); }
  };
  $('rows').onkeydown = event => {
    const tr = event.target.closest('tr');
    if (!tr) return;
    const to = {ArrowDown: tr.nextElementSibling, ArrowUp: tr.previousElementSibling, Home: $('rows').firstElementChild, End: $('rows').lastElementChild}[event.key];
    if (to !== undefined) { event.preventDefault(); step(tr, to); }
    if (event.key === 'Enter') choose(tr.dataset.name);
  };
  $('filter').oninput = rows;
  $('filter').onkeydown = event => {
    if (event.key === 'ArrowDown' && $('rows').firstElementChild) { event.preventDefault(); $('rows').firstElementChild.focus(); }
  };
  document.addEventListener('keydown', event => {
    if (event.key === '/' && document.activeElement !== $('filter')) { event.preventDefault(); $('filter').focus(); }
    if (event.key === 'Escape' && open) {
      const name = open;
      choose('');
      const tr = [...$('rows').children].find(each => each.dataset.name === name);
      if (tr) tr.focus();
    }
  });
  window.addEventListener('hashchange', () => choose(decodeURIComponent(location.hash.slice(1))));
  heads();
  if (location.hash.length > 1) choose(decodeURIComponent(location.hash.slice(1)));
  refresh();
})();
