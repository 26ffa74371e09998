base="${KALTIM_KOMPETEN:-https://kaltim-kompeten.invalid/}"
curl --fail --silent --show-error --remote-name "${base}downloads/observations.csv"

# sama dengan yang terbit? / the same bytes as were published?
curl --fail --silent --show-error "${base}SHA256SUMS" \
  | sed -n 's|  downloads/observations.csv$|  observations.csv|p' \
  | sha256sum --check
