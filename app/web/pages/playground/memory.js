/** Values that the page remembers until its tab is closed. */

/**
 * @param {string} name
 * @returns {string | null}
 */
export function recall(name) {
  return allowed(() => sessionStorage.getItem(`playground.${name}`));
}

/**
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  allowed(() => sessionStorage.setItem(`playground.${name}`, value));
}

/** Does nothing if the browser blocks storage or has no room. */
function allowed(access) {
  try {
    return access();
  } catch (error) {
    if (error instanceof DOMException) {
      return null;
    }
    throw error;
  }
}
