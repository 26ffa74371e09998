base="${KALTIM_KOMPETEN:-https://kaltim-kompeten.invalid/}"
# satu sumber satu angka, _T tanpa bagiannya, tanpa rentang waktu / one source a figure, _T without its parts, no spans
curl --fail --silent --show-error "${base}api/v1/observations.json" | jq --raw-output '
  [.data[] | select(.programme_id == "kaltim" and .year == 2025 and .stage == "peserta"
    and .preferred and .whole_batch and .kind != "cumulative")]
  | [(map(.value // 0) | add), (map(select(.value == null)) | length)] | @tsv'
