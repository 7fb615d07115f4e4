// What scripts add to pages that work without them: copying addresses, filtering while one types.
'use strict';

function addCopyButtons() {
  for (const place of document.querySelectorAll('.copyable')) {
    const code = place.querySelector('code');
    if (!code || !navigator.clipboard) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet small-button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy ' + code.textContent);
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    });
    place.append(' ', button);
  }
}

// A form with data-live="ID" fetches its own address as one types and puts the new #ID in the place of the old.
function makeLive(form) {
  let timer = 0, newest = 0;
  const refresh = async () => {
    const number = ++newest;
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
    const address = form.action + (query.size ? '?' + query : '');
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const part = page.getElementById(form.dataset.live);
    if (number !== newest || !answer.ok || !part) return;
    document.getElementById(form.dataset.live).replaceWith(part);
    const status = document.getElementById(form.dataset.status), told = page.getElementById(form.dataset.status);
    if (status && told) status.textContent = told.textContent;
    history.replaceState(null, '', address);
  };
  const soon = (delay) => { clearTimeout(timer); timer = setTimeout(refresh, delay); };
  form.addEventListener('input', (event) => soon(event.target.type === 'search' ? 250 : 0));
  form.addEventListener('submit', (event) => { event.preventDefault(); soon(0); });
}

addCopyButtons();
for (const form of document.querySelectorAll('form[data-live]')) makeLive(form);
