"""The embedders: the bundled one, and an endpoint that answers well or badly."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from agent_site.library_settings import read_embedder
from documents.embedding import EmbedderUnavailable, configured_embedder, embedder_of
from documents.embedding.endpoint import EndpointEmbedder
from documents.embedding.minilm import LONGEST, MiniLM, find_weights
from tests.fakes.running import embedding_endpoint

TEXTS = ["Flood zone AE", "", "The roof was replaced", "Das Dach wurde erneuert"]


def test_the_bundled_model_gives_vectors_of_length_one_and_none_to_nothing():
    vectors = configured_embedder().embed(TEXTS)
    assert vectors.shape == (4, 256) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0, 1, 1], abs=1e-5)


def test_the_bundled_model_is_the_packages_own():
    from pathlib import Path

    import wordllama

    model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    assert configured_embedder().embed(["flood zone"]) == pytest.approx(
        model.embed(["flood zone"], norm=True)
    )


def test_a_text_has_the_same_vector_alone_and_among_others():
    embedder = configured_embedder()
    many = embedder.embed([f"Document {number} about roofs" for number in range(130)])
    assert many[100] == pytest.approx(embedder.embed(["Document 100 about roofs"])[0])


def test_a_process_that_never_searches_loads_no_model():
    code = (
        "import django, sys; django.setup(); import documents.search, documents.index.indexing;"
        "print([name for name in ('numpy', 'tokenizers', 'safetensors', 'wordllama') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"DJANGO_SETTINGS_MODULE": "agent_site.settings", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_an_endpoint_is_asked_in_batches_with_its_key_and_answers_in_any_order(tmp_path):
    with embedding_endpoint(tmp_path / "log") as endpoint:
        embedder = EndpointEmbedder(url=endpoint.url, name="tiny", key="secret")
        vectors = embedder.embed([f"word{number} roof" for number in range(100)])
        assert vectors.shape == (100, 8) and np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(100))
        assert vectors[70] == pytest.approx(embedder.embed(["word70 roof"])[0])
        assert [len(request["body"]["input"]) for request in endpoint.requests] == [64, 36, 1]
        assert endpoint.requests[0]["headers"]["Authorization"] == "Bearer secret"
        assert "secret" not in repr(embedder)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"status": 503}, "answered 503"),
        ({"raw": "<html>"}, "not a list of embeddings"),
        ({"raw": '{"data": []}'}, "0 vectors for 2 texts"),
        ({"raw": '{"data": [{"index": 0, "embedding": [1, 2]}, {"index": 1, "embedding": [1]}]}'}, "lengths"),
        ({"raw": '{"data": [{"index": 0, "embedding": [NaN]}, {"index": 1, "embedding": [1]}]}'}, "finite"),
        (
            {"raw": '{"data": [{"index": 0, "embedding": ["x"]}, {"index": 1, "embedding": ["y"]}]}'},
            "lengths",
        ),
        ({"dimensions": 5000}, "at most 4000"),
    ],
)
def test_an_endpoint_that_answers_badly_is_told_without_quoting_it(tmp_path, how, said):
    with embedding_endpoint(tmp_path / "log") as endpoint:
        endpoint.order(**how)
        with pytest.raises(EmbedderUnavailable, match=said):
            EndpointEmbedder(url=endpoint.url, name="tiny").embed(["a", "b"])


def test_an_endpoint_that_is_away_is_told():
    with pytest.raises(EmbedderUnavailable, match="could not be asked"):
        EndpointEmbedder(url="http://127.0.0.1:9/v1/embeddings", name="tiny").embed(["a"])


def test_vectors_of_a_model_that_no_setting_names_are_told():
    with pytest.raises(EmbedderUnavailable, match="documents_reindex"):
        embedder_of("endpoint:forgotten")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"EMBEDDER": "bert"}, "wordllama, minilm or endpoint"),
        ({"EMBEDDER": "endpoint"}, "EMBEDDING_URL"),
        ({"EMBEDDER": "endpoint", "EMBEDDING_URL": "http://x/"}, "EMBEDDING_MODEL"),
    ],
)
def test_a_bad_setting_stops_the_start(monkeypatch, values, said):
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=said):
        read_embedder()


def test_a_start_without_the_files_of_the_named_model_says_what_to_install(settings, tmp_path):
    settings.EMBEDDER, settings.MINILM_DIRECTORY = "minilm", str(tmp_path)
    with pytest.raises(CommandError, match="documents.E101"):
        call_command("check")
    with pytest.raises(EmbedderUnavailable, match="model.safetensors"):
        configured_embedder().embed(["a"])


def test_the_better_model_reads_the_files_of_a_directory(tmp_path):
    """Weights of chance in the shape of the real ones: what is computed is a BERT's, whatever it was taught."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "roof": 1, "flood": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    save_file(_weights_of_chance(), tmp_path / "model.safetensors")
    assert find_weights(str(tmp_path)) == tmp_path
    model = MiniLM(str(tmp_path))
    vectors = model.embed(["roof flood", "flood roof", "roof flood", "roof " * 1000])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    # Positions count, and what stands beyond the longest does not.
    assert vectors[0] == pytest.approx(vectors[2]) and abs(vectors[0] - vectors[1]).max() > 1e-5
    assert vectors[3] == pytest.approx(model.embed(["roof " * LONGEST])[0])


def _weights_of_chance():
    chance = np.random.default_rng(7)
    width, inner = 24, 48
    shapes = {
        "embeddings.word_embeddings.weight": (3, width),
        "embeddings.position_embeddings.weight": (LONGEST, width),
        "embeddings.token_type_embeddings.weight": (2, width),
        "embeddings.LayerNorm.weight": (width,),
        "embeddings.LayerNorm.bias": (width,),
    }
    for layer in range(6):
        name = f"encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            shapes |= _dense_shapes(f"{name}.attention.self.{part}", width, width)
        shapes |= _dense_shapes(f"{name}.attention.output.dense", width, width)
        shapes |= _dense_shapes(f"{name}.intermediate.dense", inner, width)
        shapes |= _dense_shapes(f"{name}.output.dense", width, inner)
        for part in ("attention.output", "output"):
            shapes |= {f"{name}.{part}.LayerNorm.weight": (width,), f"{name}.{part}.LayerNorm.bias": (width,)}
    return {name: chance.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def _dense_shapes(name, outgoing, incoming):
    return {f"{name}.weight": (outgoing, incoming), f"{name}.bias": (outgoing,)}
