"""The Kubernetes manifests keep to Kubernetes' schemas, and allow no more than is needed."""

from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.deploy.nginx import DEPLOY

FOLDER = DEPLOY / "kubernetes"
PATHS = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("*.example")])
# The oldest version with every member used here, and the newest that the checker knows.
VERSIONS = ("1.27", kubernetes_validate.latest_version())


def manifests(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((FOLDER / name).read_text()))


DEPLOYMENT = manifests("deployment.yaml")[0]
POD = DEPLOYMENT["spec"]["template"]
CONTAINER = POD["spec"]["containers"][0]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_kubernetes_knows_every_member(path: Any, version: str) -> None:
    for manifest in manifests(path.name):
        kubernetes_validate.validate(manifest, version, strict=True)


def test_a_folder_applied_whole_brings_no_examples() -> None:
    applied = {manifest["kind"] for path in FOLDER.glob("*.yaml") for manifest in manifests(path)}
    assert applied == {
        "Deployment",
        "HorizontalPodAutoscaler",
        "NetworkPolicy",
        "PodDisruptionBudget",
        "Service",
    }


def test_everything_selects_the_pods_that_there_are() -> None:
    labels = POD["metadata"]["labels"]
    (budget,), (policy,) = manifests("disruption-budget.yaml"), manifests("network-policy.yaml")
    spread = POD["spec"]["topologySpreadConstraints"]
    selectors = [item["labelSelector"]["matchLabels"] for item in spread]
    selectors += [DEPLOYMENT["spec"]["selector"]["matchLabels"]]
    selectors += [budget["spec"]["selector"]["matchLabels"]]
    selectors += [policy["spec"]["podSelector"]["matchLabels"]]
    selectors += [manifests("service.yaml")[0]["spec"]["selector"]]
    assert all(selector == labels for selector in selectors)
    target = manifests("autoscaler.yaml")[0]["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", DEPLOYMENT["metadata"]["name"])


def test_the_container_can_neither_write_nor_gain_privileges() -> None:
    pod, container = POD["spec"]["securityContext"], CONTAINER["securityContext"]
    assert pod["runAsNonRoot"]
    assert pod["runAsUser"] > 0
    assert pod["seccompProfile"]["type"] == "RuntimeDefault"
    assert container["readOnlyRootFilesystem"]
    assert container["capabilities"]["drop"] == ["ALL"]
    assert not container["allowPrivilegeEscalation"]
    assert not POD["spec"]["automountServiceAccountToken"]


def test_no_replica_is_missed_while_new_ones_come() -> None:
    assert DEPLOYMENT["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    (autoscaler,) = manifests("autoscaler.yaml")
    assert autoscaler["spec"]["minReplicas"] >= 2
    assert "replicas" not in DEPLOYMENT["spec"]  # an update would undo the autoscaler's number


def test_the_keys_are_mounted_where_the_server_reads_them() -> None:
    (secret,) = manifests("secret.yaml.example")
    volumes = {volume["name"]: volume for volume in POD["spec"]["volumes"]}
    mounts = {mount["name"]: mount["mountPath"] for mount in CONTAINER["volumeMounts"]}
    assert volumes["keys"]["secret"]["secretName"] == secret["metadata"]["name"]
    environ = {variable["name"]: variable["value"] for variable in CONTAINER["env"]}
    assert environ["API_KEY_FILE"] in {f"{mounts['keys']}/{key}" for key in secret["stringData"]}
